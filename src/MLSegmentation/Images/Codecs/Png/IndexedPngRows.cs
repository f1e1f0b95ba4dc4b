namespace MLSegmentation;

/// <summary>
/// Takes the rows of a mask from top to bottom, for
/// <see cref="PngWriter.WriteIndexed(string, int, int, IReadOnlyList{Rgb}, Action{IndexedPngRows})"/> to write.
/// </summary>
internal sealed class IndexedPngRows
{
    private readonly Stream _rows;
    private readonly int _width;
    private readonly int _height;
    private readonly int _colours;

    /// <param name="rows">Receives each row behind its filter byte.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="colours">The colours that there are.</param>
    internal IndexedPngRows(Stream rows, int width, int height, int colours) =>
        (_rows, _width, _height, _colours) = (rows, width, height, colours);

    /// <summary>The rows written so far.</summary>
    public int Count { get; private set; }

    /// <summary>Writes the next rows.</summary>
    /// <param name="indices">Row by row, one index a pixel, each less than the number of colours; whole rows.</param>
    /// <exception cref="ArgumentException">There are no whole rows, more than are left, or an index is out of range.</exception>
    public void Write(ReadOnlySpan<byte> indices)
    {
        if (indices.Length % _width != 0 || indices.Length / _width > _height - Count)
        {
            throw new ArgumentException(
                $"There are {indices.Length} indices, expected {_width} for each of up to {_height - Count} "
                + "rows.", nameof(indices));
        }
        int wrong = _colours > byte.MaxValue ? -1 : indices.IndexOfAnyInRange((byte)_colours, byte.MaxValue);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"The index at x {wrong % _width}, y {Count + (wrong / _width)} is {indices[wrong]}, but the palette "
                + $"has {_colours} colours. "
                + "Give a colour for every index.", nameof(indices));
        }
        for (; indices.Length > 0; indices = indices[_width..], Count++)
        {
            _rows.WriteByte(PngFilter.None);
            _rows.Write(indices[.._width]);
        }
    }
}
