using System.Buffers;
using System.Numerics;

namespace MLSegmentation;

/// <summary>
/// Rows of probabilities with the classes of one pixel side by side: a border's pixel looks at no other memory. Two rows in
/// succession are kept.
/// </summary>
internal sealed class PixelRows : IDisposable
{
    private readonly int _classes;
    private readonly int _width;
    private readonly float[] _probabilities;
    private readonly float[][] _rows;
    private readonly int[] _rowsOf = [-1, -1];

    /// <param name="classes">The classes of a pixel.</param>
    /// <param name="width">The first pixels of each row that are looked at.</param>
    public PixelRows(int classes, int width)
    {
        (_classes, _width) = (classes, width);
        Stride = (classes + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        _probabilities = ArrayPool<float>.Shared.Rent(classes * width);
        _rows = [ArrayPool<float>.Shared.Rent(width * Stride), ArrayPool<float>.Shared.Rent(width * Stride)];
    }

    /// <summary>From the first class of a pixel to the first of the next: the classes, rounded up to whole vectors.</summary>
    public int Stride { get; }

    /// <summary>The probabilities of a row.</summary>
    public ReadOnlySpan<float> Row(ClassScores scores, int y)
    {
        float[] row = _rows[y % 2];
        if (_rowsOf[y % 2] == y) return row;
        _rowsOf[y % 2] = y;
        Span<float> probabilities = _probabilities.AsSpan(0, _classes * _width);
        if (scores.AreLogits)
        {
            ScoreSoftmax.Apply(
                scores.Values[(y * scores.Width)..], scores.Height * scores.Width, _classes, probabilities, _width, _width);
        }
        for (int index = 0; index < _classes; index++)
        {
            ReadOnlySpan<float> values = scores.AreLogits
                ? probabilities.Slice(index * _width, _width)
                : scores.Row(index, y, _width);
            for (int x = 0; x < values.Length; x++) row[(x * Stride) + index] = values[x];
        }
        return row;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_probabilities);
        foreach (float[] row in _rows) ArrayPool<float>.Shared.Return(row);
    }
}
