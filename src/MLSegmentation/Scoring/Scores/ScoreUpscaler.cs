using System.Buffers;
using System.Numerics;

namespace MLSegmentation;

/// <summary>
/// Reads a mask off scores that are as large as the image's part, or smaller. Interpolation weights all classes alike, so where
/// the four scores around a pixel have one best class, so has the pixel; only the other pixels, along borders, compare the
/// classes.
/// </summary>
internal sealed class ScoreUpscaler : IDisposable
{
    private readonly int _classes;
    private readonly int _stride;
    private readonly ImageGeometry _geometry;
    private readonly ResizeAxes _axes;
    private readonly uint[] _best;
    private readonly float[] _highest;
    private readonly uint[] _inside;
    private readonly float[] _mixed;
    private readonly PixelRows _rows;
    private (int First, int Second) _insideOf = (-1, -1);

    public ScoreUpscaler(int classes, ImageGeometry geometry)
    {
        (_classes, _geometry) = (classes, geometry);
        _rows = new PixelRows(classes, geometry.ScaledWidth);
        _stride = _rows.Stride;
        _axes = ResizeAxes.For(geometry.ScaledWidth, geometry.ScaledHeight, geometry.PartWidth, geometry.PartHeight);
        _best = ArrayPool<uint>.Shared.Rent(geometry.ScaledWidth * geometry.ScaledHeight);
        _highest = ArrayPool<float>.Shared.Rent(geometry.ScaledWidth);
        _inside = ArrayPool<uint>.Shared.Rent(geometry.ScaledWidth);
        _mixed = new float[_stride];
    }

    /// <summary>Reads the mask, and the confidence unless its span is empty; both have the image's size.</summary>
    /// <param name="scores">Scores of the tensor's size.</param>
    /// <param name="mask">Receives the keys of the image's part.</param>
    /// <param name="confidence">Receives the best class's probability, or is empty.</param>
    public void Read(ClassScores scores, Span<uint> mask, Span<float> confidence)
    {
        int width = _geometry.ScaledWidth;
        for (int y = 0; y < _geometry.ScaledHeight; y++)
        {
            Span<uint> keys = _best.AsSpan(y * width, width);
            BestClass.Find(scores, y, keys, _highest.AsSpan(0, width));
            if (!_geometry.IsResized) CopyRow(scores, y, keys, mask, confidence);
        }
        for (int y = 0; y < _geometry.PartHeight && _geometry.IsResized; y++)
        {
            int at = (_geometry.PartTop + y) * _geometry.ImageWidth + _geometry.PartLeft;
            Span<float> row = confidence.Length > 0 ? confidence.Slice(at, _geometry.PartWidth) : [];
            InterpolateRow(scores, y, mask.Slice(at, _geometry.PartWidth), row);
        }
    }

    public void Dispose()
    {
        ArrayPool<uint>.Shared.Return(_best);
        ArrayPool<uint>.Shared.Return(_inside);
        ArrayPool<float>.Shared.Return(_highest);
        _rows.Dispose();
    }

    private void CopyRow(ClassScores scores, int y, ReadOnlySpan<uint> keys, Span<uint> mask, Span<float> confidence)
    {
        int at = (_geometry.PartTop + y) * _geometry.ImageWidth + _geometry.PartLeft;
        keys.CopyTo(mask[at..]);
        if (confidence.Length == 0) return;
        ReadOnlySpan<float> row = _rows.Row(scores, y);
        for (int x = 0; x < keys.Length; x++)
            confidence[at + x] = keys[x] == 0 ? 0 : Math.Max(row[(x * _stride) + (int)keys[x] - 1], 0);
    }

    private void InterpolateRow(ClassScores scores, int y, Span<uint> mask, Span<float> confidence)
    {
        Neighbours down = Neighbours.Of(_axes.Vertical, y);
        ReadOnlySpan<uint> inside = KeysBetween(down);
        for (int x = 0; x < mask.Length; x++)
        {
            uint key = inside[_axes.Horizontal?.First(x) ?? x];
            mask[x] = key;
            if (key > 0 && confidence.Length == 0) continue;
            Neighbours across = Neighbours.Of(_axes.Horizontal, x);
            ReadOnlySpan<float> above = _rows.Row(scores, down.First), below = _rows.Row(scores, down.Second);
            float probability;
            if (key > 0) probability = Interpolate(above, below, (int)key - 1, down, across);
            else mask[x] = Compare(above, below, down, across, out probability);
            if (confidence.Length > 0) confidence[x] = probability;
        }
    }

    /// <summary>The key that the four scores from each column on have in common, where they have one; 0 elsewhere.</summary>
    private ReadOnlySpan<uint> KeysBetween(Neighbours down)
    {
        int width = _geometry.ScaledWidth;
        Span<uint> inside = _inside.AsSpan(0, width);
        if (_insideOf == (down.First, down.Second)) return inside;
        _insideOf = (down.First, down.Second);
        ReadOnlySpan<uint> above = _best.AsSpan(down.First * width, width), below = _best.AsSpan(down.Second * width, width);
        for (int x = 0; x < width; x++)
        {
            int next = Math.Min(x + 1, width - 1);
            inside[x] = above[next] == above[x] && below[x] == above[x] && below[next] == above[x] ? above[x] : 0;
        }
        return inside;
    }

    private uint Compare(
        ReadOnlySpan<float> above, ReadOnlySpan<float> below, Neighbours down, Neighbours across, out float highest)
    {
        int left = across.First * _stride, right = across.Second * _stride;
        for (int i = 0; i < _stride; i += Vector<float>.Count)
        {
            Vector<float> top = across.Mix(new Vector<float>(above[(left + i)..]), new Vector<float>(above[(right + i)..]));
            Vector<float> bottom = across.Mix(new Vector<float>(below[(left + i)..]), new Vector<float>(below[(right + i)..]));
            down.Mix(top, bottom).CopyTo(_mixed, i);
        }
        uint best = 0;
        highest = -1;
        for (int index = 0; index < _classes; index++)
        {
            if (_mixed[index] > highest) (highest, best) = (_mixed[index], (uint)index + 1);
        }
        highest = Math.Max(highest, 0);
        return best;
    }

    private float Interpolate(ReadOnlySpan<float> above, ReadOnlySpan<float> below, int index, Neighbours down, Neighbours across)
    {
        int left = (across.First * _stride) + index, right = (across.Second * _stride) + index;
        return down.Mix(across.Mix(above[left], above[right]), across.Mix(below[left], below[right]));
    }
}
