using System.Runtime.Intrinsics;

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
    /// Writes a tile as planes; what lies beyond the image is filled as in a mirror, as
    /// <see cref="ImageTensor.Fill(Microsoft.ML.Data.MLImage, ImageGeometry, PixelScaling, Span{float})"/> does. Rows have no
    /// alpha: where a network takes one, it is that of opaque pixels.
    /// </summary>
    /// <param name="left">The tile's first column.</param>
    /// <param name="width">The tile's width.</param>
    /// <param name="scaling">What becomes of values of 0 to 255.</param>
    /// <param name="tile">Receives [channels, tile height, <paramref name="width"/>].</param>
    public void Fill(int left, int width, PixelScaling scaling, Span<float> tile)
    {
        int plane = tileHeight * width;
        (Vector128<float> factors, Vector128<float> offsets) = (scaling.Factors, scaling.Offsets);
        for (int y = 0; y < tileHeight; y++)
        {
            ReadOnlySpan<byte> row = _rows.AsSpan(Mirror.Index(y, _height) * _rowBytes, _rowBytes);
            for (int x = 0, at = y * width; x < width; x++, at++)
            {
                int column = left + x < image.Width ? left + x : Mirror.Index(left + x, image.Width);
                (byte red, byte green, byte blue) = (row[3 * column], row[(3 * column) + 1], row[(3 * column) + 2]);
                if (scaling.Channels == 1)
                {
                    tile[at] = (ImageTensor.Luma(red, green, blue) * factors[0]) + offsets[0];
                    continue;
                }
                Vector128<float> pixel = scaling.IsBgr
                    ? Vector128.Create(blue, green, red, (float)byte.MaxValue)
                    : Vector128.Create(red, green, blue, (float)byte.MaxValue);
                pixel = (pixel * factors) + offsets;
                tile[at] = pixel[0];
                tile[at + plane] = pixel[1];
                tile[at + (2 * plane)] = pixel[2];
                if (scaling.Channels > 3) tile[at + (3 * plane)] = pixel[3];
            }
        }
    }
}
