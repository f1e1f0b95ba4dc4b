namespace MLSegmentation;

/// <summary>
/// The rows of an image that one row of tiles lies in. They move down the image; what is held does not grow with its height.
/// </summary>
internal sealed class PixelBand(ImageRowReader image, int tileHeight)
{
    private readonly int _rowBytes = 3 * image.Width;
    private readonly int _height = Math.Min(tileHeight, image.Height);
    private readonly byte[] _rows = new byte[checked(3 * image.Width * Math.Min(tileHeight, image.Height))];
    private int _top;

    /// <summary>
    /// Moves down to the rows of a tile, or to all rows of an image of less height; those that are here already are kept.
    /// </summary>
    /// <param name="top">The first row: not above the one before, and not below the rows read so far.</param>
    public void MoveTo(int top)
    {
        int kept = Math.Max(0, image.NextRow - top);
        if (kept > 0) _rows.AsSpan((top - _top) * _rowBytes, kept * _rowBytes).CopyTo(_rows);
        image.Read(_rows.AsSpan(kept * _rowBytes, (_height - kept) * _rowBytes));
        _top = top;
    }

    /// <summary>
    /// Writes a tile as planes of 0 to 255; what lies beyond the image is filled as in a mirror, as
    /// <see cref="ImageTensor.Fill(Microsoft.ML.Data.MLImage, ImageGeometry, int, Span{float})"/> does.
    /// </summary>
    /// <param name="left">The tile's first column.</param>
    /// <param name="width">The tile's width.</param>
    /// <param name="channels">3 for red, green and blue, 1 for luma.</param>
    /// <param name="tile">Receives [<paramref name="channels"/>, tile height, <paramref name="width"/>].</param>
    public void Fill(int left, int width, int channels, Span<float> tile)
    {
        int plane = tileHeight * width;
        for (int y = 0; y < tileHeight; y++)
        {
            ReadOnlySpan<byte> row = _rows.AsSpan(Mirror.Index(y, _height) * _rowBytes, _rowBytes);
            for (int x = 0, at = y * width; x < width; x++, at++)
            {
                int column = left + x < image.Width ? left + x : Mirror.Index(left + x, image.Width);
                (byte red, byte green, byte blue) = (row[3 * column], row[(3 * column) + 1], row[(3 * column) + 2]);
                if (channels == 1)
                {
                    tile[at] = ImageTensor.Luma(red, green, blue);
                    continue;
                }
                tile[at] = red;
                tile[at + plane] = green;
                tile[at + (2 * plane)] = blue;
            }
        }
    }
}
