namespace MLSegmentation.Images;

/// <summary>The row filters of PNG (specification, section 9).</summary>
internal static class PngFilter
{
    public const byte None = 0;
    public const byte Sub = 1;
    public const byte Up = 2;
    public const byte Average = 3;
    public const byte Paeth = 4;

    /// <summary>Turns a filtered row into its bytes, in place.</summary>
    /// <param name="filter">The filter, the first byte of a row.</param>
    /// <param name="row">The row without its filter byte.</param>
    /// <param name="above">The bytes of the row above; zeros above the first.</param>
    /// <param name="pixelBytes">Bytes a pixel, at least 1.</param>
    /// <returns>Whether the filter is known.</returns>
    public static bool Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        switch (filter)
        {
            case None:
                return true;
            case Sub:
                for (int i = pixelBytes; i < row.Length; i++) row[i] += row[i - pixelBytes];
                return true;
            case Up:
                for (int i = 0; i < row.Length; i++) row[i] += above[i];
                return true;
            case Average:
                for (int i = 0; i < row.Length; i++) row[i] += (byte)((Left(row, i, pixelBytes) + above[i]) / 2);
                return true;
            case Paeth:
                for (int i = 0; i < row.Length; i++)
                    row[i] += Predict(Left(row, i, pixelBytes), above[i], Left(above, i, pixelBytes));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Filters a row with <see cref="Paeth"/>, which suits photographs.</summary>
    public static void ApplyPaeth(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> filtered, int pixelBytes)
    {
        for (int i = 0; i < row.Length; i++)
            filtered[i] = (byte)(row[i] - Predict(Left(row, i, pixelBytes), above[i], Left(above, i, pixelBytes)));
    }

    private static byte Left(ReadOnlySpan<byte> row, int i, int pixelBytes) => i < pixelBytes ? (byte)0 : row[i - pixelBytes];

    private static byte Predict(byte left, byte above, byte aboveLeft)
    {
        int toLeft = Math.Abs(above - aboveLeft);
        int toAbove = Math.Abs(left - aboveLeft);
        int toAboveLeft = Math.Abs(left + above - (2 * aboveLeft));
        if (toLeft <= toAbove && toLeft <= toAboveLeft) return left;
        return toAbove <= toAboveLeft ? above : aboveLeft;
    }
}
