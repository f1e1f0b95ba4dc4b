using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>
/// The blended probabilities of the rows that one row of tiles lies in: a ring of rows, each [classes, image width]. A row is
/// read and cleared when no more tiles come to it, and makes room for the row a tile's height below.
/// </summary>
internal sealed class ProbabilityBand
{
    private readonly int _width;
    private readonly int _rows;
    private readonly ScoreMeaning _meaning;
    private readonly int _planes;
    private readonly float[] _ring;

    /// <param name="width">The image's width.</param>
    /// <param name="rows">The rows of a tile.</param>
    /// <param name="meaning">What the probabilities are.</param>
    /// <exception cref="ArgumentException">The band would be larger than an array can be.</exception>
    public ProbabilityBand(int width, int rows, ScoreMeaning meaning)
    {
        long length = LengthOf(width, rows, meaning.Planes);
        if (length > Array.MaxLength)
        {
            throw new ArgumentException(
                $"A row of tiles takes {width} × {rows} × {meaning.Planes} probabilities, expected at most {Array.MaxLength}. "
                + "Use tiles of less height.", nameof(rows));
        }
        (_width, _rows, _meaning, _planes) = (width, rows, meaning, meaning.Planes);
        _ring = new float[length];
    }

    /// <summary>The numbers that are held: 20,000 pixels, rows of tiles of 512 and 21 classes take 215,040,000, 860 MB.</summary>
    public static long LengthOf(int width, int rows, int classes) => (long)width * rows * classes;

    /// <summary>Adds a tile times its weights.</summary>
    /// <param name="probabilities">[classes, tile height, tile width], of which what lies within the image counts.</param>
    /// <param name="tileHeight">The tile's height.</param>
    /// <param name="tileWidth">The tile's width.</param>
    /// <param name="top">Its first row in the image.</param>
    /// <param name="left">Its first column in the image.</param>
    /// <param name="rowWeights">A weight for each row within the image.</param>
    /// <param name="columnWeights">A weight for each column within the image.</param>
    public void Add(
        ReadOnlySpan<float> probabilities, int tileHeight, int tileWidth, int top, int left,
        ReadOnlySpan<float> rowWeights, ReadOnlySpan<float> columnWeights)
    {
        Span<float> weights = new float[columnWeights.Length];
        for (int y = 0; y < rowWeights.Length; y++)
        {
            TensorPrimitives.Multiply(columnWeights, rowWeights[y], weights);
            for (int index = 0; index < _planes; index++)
            {
                ReadOnlySpan<float> values = probabilities.Slice(((index * tileHeight) + y) * tileWidth, weights.Length);
                Span<float> sums = Row(top + y, index).Slice(left, weights.Length);
                TensorPrimitives.MultiplyAdd(values, weights, sums, sums);
            }
        }
    }

    /// <summary>Reads a row that is complete, and clears it.</summary>
    /// <param name="y">The row in the image.</param>
    /// <param name="mask">Receives the key of the best class, the first of equals; 0 where there is no number.</param>
    /// <param name="confidence">Receives its probability.</param>
    public void Take(int y, Span<uint> mask, Span<float> confidence)
    {
        Span<float> row = _ring.AsSpan((y % _rows) * _planes * _width, _planes * _width);
        if (_meaning.IsForeground) ForegroundReader.Find(row, _meaning, mask, confidence);
        else BestClass.Find(row, _width, _meaning, mask, confidence);
        row.Clear();

        // Weights are rounded, so that a sum of them may be above 1 in its last digit.
        TensorPrimitives.Max(confidence, 0, confidence);
        TensorPrimitives.Min(confidence, 1, confidence);
    }

    private Span<float> Row(int y, int index) => _ring.AsSpan((((y % _rows) * _planes) + index) * _width, _width);
}
