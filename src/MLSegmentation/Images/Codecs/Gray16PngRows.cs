using System.Buffers.Binary;

namespace MLSegmentation;

/// <summary>
/// Takes the rows of label values of 16 bits from top to bottom, for <see cref="PngWriter.WriteGray16"/> to write.
/// </summary>
/// <param name="rows">Receives each row behind its filter byte.</param>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
internal sealed class Gray16PngRows(Stream rows, int width, int height)
{
    // PngFilter.None, which is 0, and the row's values with their high bytes first.
    private readonly byte[] _row = new byte[1 + (2 * width)];

    /// <summary>The rows written so far.</summary>
    public int Count { get; private set; }

    /// <summary>Writes the next rows.</summary>
    /// <param name="values">Row by row, one value a pixel; whole rows.</param>
    /// <exception cref="ArgumentException">There are no whole rows, or more than are left.</exception>
    public void Write(ReadOnlySpan<ushort> values)
    {
        if (values.Length % width != 0 || values.Length / width > height - Count)
        {
            throw new ArgumentException(
                $"There are {values.Length} values, expected {width} for each of up to {height - Count} rows.", nameof(values));
        }
        for (; values.Length > 0; values = values[width..], Count++)
        {
            for (int x = 0; x < width; x++) BinaryPrimitives.WriteUInt16BigEndian(_row.AsSpan(1 + (2 * x)), values[x]);
            rows.Write(_row);
        }
    }
}
