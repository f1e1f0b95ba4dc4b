using System.Buffers;
using System.Numerics;
using MLSegmentation.Images;

namespace MLSegmentation.Scoring;

/// <summary>
/// Reads a mask off scores that are as large as the image's part, or smaller. Interpolation weights all classes alike, so where the four scores
/// around a pixel have one best class, so has the pixel; only the other pixels, along borders, compare the classes.
/// </summary>
internal sealed class ScoreUpscaler : IDisposable
{
    private readonly int _classes;
    private readonly int _stride;
    private readonly ImageGeometry _geometry;
    private readonly ResizeAxes _axes;
    private readonly uint[] _best;
    private readonly float[] _highest;
    private readonly float[] _mixed;

    // The classes of one pixel side by side, for two rows of scores: a border's pixel looks at no other memory.
    private readonly float[][] _rows;
    private readonly int[] _rowsOf = [-1, -1];

    public ScoreUpscaler(int classes, ImageGeometry geometry)
    {
        (_classes, _geometry) = (classes, geometry);
        _stride = (classes + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        _axes = ResizeAxes.For(geometry.ScaledWidth, geometry.ScaledHeight, geometry.PartWidth, geometry.PartHeight);
        _best = ArrayPool<uint>.Shared.Rent(geometry.ScaledWidth * geometry.ScaledHeight);
        _highest = ArrayPool<float>.Shared.Rent(geometry.ScaledWidth);
        _mixed = new float[_stride];
        _rows = [ArrayPool<float>.Shared.Rent(geometry.ScaledWidth * _stride), ArrayPool<float>.Shared.Rent(geometry.ScaledWidth * _stride)];
    }

    /// <summary>Reads the mask, and the confidence unless its span is empty; both have the image's size.</summary>
    /// <param name="probabilities">[C,H,W] of the tensor.</param>
    /// <param name="mask">Receives the keys of the image's part.</param>
    /// <param name="confidence">Receives the best class's probability, or is empty.</param>
    public void Read(ReadOnlySpan<float> probabilities, Span<uint> mask, Span<float> confidence)
    {
        int width = _geometry.ScaledWidth;
        for (int y = 0; y < _geometry.ScaledHeight; y++)
        {
            Span<uint> keys = _best.AsSpan(y * width, width);
            FindBest(probabilities, y, keys);
            if (!_geometry.IsResized) CopyRow(y, keys, mask, confidence);
        }
        for (int y = 0; y < _geometry.PartHeight && _geometry.IsResized; y++)
        {
            int at = (_geometry.PartTop + y) * _geometry.ImageWidth + _geometry.PartLeft;
            Span<float> row = confidence.Length > 0 ? confidence.Slice(at, _geometry.PartWidth) : [];
            InterpolateRow(probabilities, y, mask.Slice(at, _geometry.PartWidth), row);
        }
    }

    public void Dispose()
    {
        ArrayPool<uint>.Shared.Return(_best);
        ArrayPool<float>.Shared.Return(_highest);
        foreach (float[] row in _rows) ArrayPool<float>.Shared.Return(row);
    }

    private void FindBest(ReadOnlySpan<float> probabilities, int y, Span<uint> keys)
    {
        Span<float> highest = _highest.AsSpan(0, keys.Length);
        highest.Fill(-1);
        keys.Clear();
        for (int index = 0; index < _classes; index++)
            ScoreReader.Raise(probabilities.Slice(Place(index, y, 0), keys.Length), (uint)index + 1, keys, highest);
    }

    private void CopyRow(int y, ReadOnlySpan<uint> keys, Span<uint> mask, Span<float> confidence)
    {
        int at = (_geometry.PartTop + y) * _geometry.ImageWidth + _geometry.PartLeft;
        keys.CopyTo(mask[at..]);
        if (confidence.Length == 0) return;
        for (int x = 0; x < keys.Length; x++) confidence[at + x] = Math.Max(_highest[x], 0);
    }

    private void InterpolateRow(ReadOnlySpan<float> probabilities, int y, Span<uint> mask, Span<float> confidence)
    {
        Neighbours down = Neighbours.Of(_axes.Vertical, y);
        int width = _geometry.ScaledWidth;
        ReadOnlySpan<uint> above = _best.AsSpan(down.First * width, width), below = _best.AsSpan(down.Second * width, width);
        for (int x = 0; x < mask.Length; x++)
        {
            Neighbours across = Neighbours.Of(_axes.Horizontal, x);
            uint key = above[across.First];
            bool isInside = key > 0 && above[across.Second] == key && below[across.First] == key && below[across.Second] == key;
            float probability = 0;
            if (!isInside) key = Compare(Row(probabilities, down.First), Row(probabilities, down.Second), down, across, out probability);
            else if (confidence.Length > 0) probability = Interpolate(probabilities, (int)key - 1, down, across);
            mask[x] = key;
            if (confidence.Length > 0) confidence[x] = probability;
        }
    }

    private uint Compare(ReadOnlySpan<float> above, ReadOnlySpan<float> below, Neighbours down, Neighbours across, out float highest)
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

    private float Interpolate(ReadOnlySpan<float> probabilities, int index, Neighbours down, Neighbours across)
    {
        float top = across.Mix(probabilities[Place(index, down.First, across.First)], probabilities[Place(index, down.First, across.Second)]);
        float bottom = across.Mix(probabilities[Place(index, down.Second, across.First)], probabilities[Place(index, down.Second, across.Second)]);
        return down.Mix(top, bottom);
    }

    private int Place(int index, int y, int x) => (index * _geometry.TensorHeight + y) * _geometry.TensorWidth + x;

    /// <summary>A row of scores with the classes of a pixel side by side; two rows in succession are kept.</summary>
    private ReadOnlySpan<float> Row(ReadOnlySpan<float> probabilities, int y)
    {
        float[] row = _rows[y % 2];
        if (_rowsOf[y % 2] == y) return row;
        _rowsOf[y % 2] = y;
        for (int index = 0; index < _classes; index++)
        {
            ReadOnlySpan<float> values = probabilities.Slice(Place(index, y, 0), _geometry.ScaledWidth);
            for (int x = 0; x < values.Length; x++) row[x * _stride + index] = values[x];
        }
        return row;
    }

    /// <summary>The two scores next to a pixel along one axis, and how much the second counts.</summary>
    private readonly record struct Neighbours(int First, int Second, float Weight)
    {
        public static Neighbours Of(ResizeWeights? weights, int index)
        {
            if (weights is null) return new Neighbours(index, index, 0);
            ReadOnlySpan<float> taps = weights.Of(index);
            int first = weights.First(index);
            return taps.Length == 1 ? new Neighbours(first, first, 0) : new Neighbours(first, first + 1, taps[1]);
        }

        public float Mix(float first, float second) => first + (second - first) * Weight;

        public Vector<float> Mix(Vector<float> first, Vector<float> second) => first + (second - first) * Weight;
    }
}
