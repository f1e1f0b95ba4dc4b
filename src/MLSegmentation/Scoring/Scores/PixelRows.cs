using System.Buffers;
using System.Numerics;

namespace MLSegmentation;

/// <summary>
/// Rows of scores with the classes of one pixel side by side: a border's pixel looks at no other memory. Two rows in succession
/// are kept.
/// </summary>
internal sealed class PixelRows : IDisposable
{
    /// <summary>
    /// What minus infinity becomes, which cannot be interpolated: less than any logit, and not too far from one.
    /// </summary>
    public const float LeastLogit = float.MinValue / 4;

    private readonly int _classes;
    private readonly int _width;
    private readonly bool _areActivated;
    private readonly bool _areLogits;
    private readonly float[] _probabilities;
    private readonly float[][] _rows;
    private readonly int[] _rowsOf = [-1, -1];

    /// <param name="meaning">What the scores are.</param>
    /// <param name="width">The first pixels of each row that are looked at.</param>
    /// <param name="areActivated">Whether logits become probabilities; else they stay.</param>
    public PixelRows(ScoreMeaning meaning, int width, bool areActivated)
    {
        (_classes, _width) = (meaning.Planes, width);
        bool isSoftmax = meaning.Activation == ScoreActivation.Softmax;
        (_areActivated, _areLogits) = (isSoftmax && areActivated, isSoftmax && !areActivated);
        Stride = (_classes + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        _probabilities = ArrayPool<float>.Shared.Rent(_areActivated ? _classes * width : 0);
        _rows = [ArrayPool<float>.Shared.Rent(width * Stride), ArrayPool<float>.Shared.Rent(width * Stride)];
    }

    /// <summary>From the first class of a pixel to the first of the next: the classes, rounded up to whole vectors.</summary>
    public int Stride { get; }

    /// <summary>The scores of a row.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="rows">Gives their rows at the tensor's size.</param>
    /// <param name="y">The row.</param>
    public ReadOnlySpan<float> Row(ClassScores scores, ScoreRows rows, int y)
    {
        float[] row = _rows[y % 2];
        if (_rowsOf[y % 2] == y) return row;
        _rowsOf[y % 2] = y;
        ReadOnlySpan<float> values = rows.At(scores, y, out int plane);
        if (_areActivated)
        {
            ScoreSoftmax.Apply(values, plane, _classes, _probabilities, _width, _width);
            values = _probabilities;
            plane = _width;
        }
        for (int index = 0; index < _classes; index++)
            Interleave(values.Slice(index * plane, _width), row.AsSpan(index));
        return row;
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_probabilities);
        foreach (float[] row in _rows) ArrayPool<float>.Shared.Return(row);
    }

    private void Interleave(ReadOnlySpan<float> values, Span<float> row)
    {
        if (_areLogits)
        {
            for (int x = 0; x < values.Length; x++) row[x * Stride] = Math.Max(values[x], LeastLogit);
            return;
        }
        for (int x = 0; x < values.Length; x++) row[x * Stride] = values[x];
    }
}
