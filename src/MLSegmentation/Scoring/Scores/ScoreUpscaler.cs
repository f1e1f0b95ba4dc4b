using System.Buffers;

namespace MLSegmentation;

/// <summary>
/// Reads a mask off scores that are as large as the image's part, or smaller. Interpolation weights all classes alike, so where
/// the four scores around a pixel have one best class, so has the pixel; only the other pixels, along borders, compare the
/// classes.
/// </summary>
internal sealed class ScoreUpscaler : IDisposable
{
    private readonly ImageGeometry _geometry;
    private readonly ScoreMeaning _meaning;
    private readonly ResizeAxes _axes;
    private readonly uint[] _best;
    private readonly float[] _highest;
    private readonly uint[] _inside;
    private readonly ScoreRows _tensor;
    private readonly PixelRows _rows;
    private readonly PixelMix _mix;
    private readonly bool _mixesLogits;
    private (int First, int Second) _insideOf = (-1, -1);

    /// <param name="scores">The scores, not finer than the tensor; probabilities, or to be interpolated as they are.</param>
    /// <param name="geometry">How the image was brought to the tensor; its part is not smaller than the scaled size.</param>
    public ScoreUpscaler(ClassScores scores, ImageGeometry geometry)
    {
        (_geometry, _meaning) = (geometry, scores.Meaning);
        _mixesLogits = _meaning is { Activation: ScoreActivation.Softmax, AreInterpolatedFirst: true } && geometry.IsResized;
        _tensor = ScoreRows.OfTensor(scores, geometry);
        _rows = new PixelRows(_meaning, geometry.ScaledWidth, areActivated: !_mixesLogits);
        _mix = new PixelMix(_meaning, _rows.Stride, _mixesLogits);
        _axes = ResizeAxes.For(geometry.ScaledWidth, geometry.ScaledHeight, geometry.PartWidth, geometry.PartHeight);
        _best = ArrayPool<uint>.Shared.Rent(geometry.ScaledWidth * geometry.ScaledHeight);
        _highest = ArrayPool<float>.Shared.Rent(geometry.ScaledWidth);
        _inside = ArrayPool<uint>.Shared.Rent(geometry.ScaledWidth);
    }

    /// <summary>Reads the mask, and the confidence unless its span is empty; both have the image's size.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="mask">Receives the keys of the image's part.</param>
    /// <param name="confidence">Receives the best class's probability, or is empty.</param>
    public void Read(ClassScores scores, Span<uint> mask, Span<float> confidence)
    {
        int width = _geometry.ScaledWidth;
        Span<float> highest = _highest.AsSpan(0, width);
        for (int y = 0; y < _geometry.ScaledHeight; y++)
        {
            Span<uint> keys = _best.AsSpan(y * width, width);
            BestClass.Find(_tensor.At(scores, y, out int plane), plane, _meaning, keys, highest);
            if (_geometry.IsResized) continue;
            int at = (_geometry.PartTop + y) * _geometry.ImageWidth + _geometry.PartLeft;
            keys.CopyTo(mask[at..]);
            if (confidence.Length > 0) CopyConfidence(scores, y, keys, highest, confidence.Slice(at, width));
        }
        for (int y = 0; y < _geometry.PartHeight && _geometry.IsResized; y++)
        {
            int at = (_geometry.PartTop + y) * _geometry.ImageWidth + _geometry.PartLeft;
            Span<float> row = confidence.Length > 0 && !_mixesLogits ? confidence.Slice(at, _geometry.PartWidth) : [];
            InterpolateRow(scores, y, mask.Slice(at, _geometry.PartWidth), row);
        }
        if (_mixesLogits && confidence.Length > 0) InterpolateProbabilities(scores, mask, confidence);
    }

    public void Dispose()
    {
        ArrayPool<uint>.Shared.Return(_best);
        ArrayPool<uint>.Shared.Return(_inside);
        ArrayPool<float>.Shared.Return(_highest);
        _rows.Dispose();
        _tensor.Dispose();
    }

    private void CopyConfidence(
        ClassScores scores, int y, ReadOnlySpan<uint> keys, ReadOnlySpan<float> highest, Span<float> confidence)
    {
        if (_meaning.Activation != ScoreActivation.Softmax)
        {
            highest.CopyTo(confidence);
            _meaning.FinishConfidence(confidence);
            return;
        }
        ReadOnlySpan<float> row = _rows.Row(scores, _tensor, y);
        for (int x = 0; x < keys.Length; x++)
            confidence[x] = keys[x] == 0 ? 0 : Math.Max(row[(x * _rows.Stride) + (int)keys[x] - 1], 0);
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
            ReadOnlySpan<float> above = _rows.Row(scores, _tensor, down.First), below = _rows.Row(scores, _tensor, down.Second);
            float score;
            if (key > 0) score = _mix.ScoreOf((int)key - 1, above, below, down, across);
            else mask[x] = _mix.Best(above, below, down, across, out score);
            if (confidence.Length > 0) confidence[x] = score;
        }
        _meaning.FinishConfidence(confidence);
    }

    /// <summary>
    /// The probability of each pixel's class, once the mask is known: a softmax of all logits of a pixel is made fastest of whole
    /// rows.
    /// </summary>
    private void InterpolateProbabilities(ClassScores scores, ReadOnlySpan<uint> mask, Span<float> confidence)
    {
        int width = _geometry.PartWidth, classes = _meaning.Planes;
        using ScoreRows part = _tensor.ToPart(_geometry);
        float[] rented = ArrayPool<float>.Shared.Rent(classes * width);
        for (int y = 0; y < _geometry.PartHeight; y++)
        {
            ScoreSoftmax.Apply(part.At(scores, y, out int plane), plane, classes, rented, width, width);
            int at = (_geometry.PartTop + y) * _geometry.ImageWidth + _geometry.PartLeft;
            for (int x = 0; x < width; x++, at++)
            {
                // Between pixels each of which masks out the other's classes, all classes are, and none has a probability.
                float probability = mask[at] == 0 ? 0 : rented[(((int)mask[at] - 1) * width) + x];
                confidence[at] = float.IsNaN(probability) ? 0 : probability;
            }
        }
        ArrayPool<float>.Shared.Return(rented);
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
}
