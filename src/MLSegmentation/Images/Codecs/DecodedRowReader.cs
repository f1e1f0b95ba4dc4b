using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>The rows of an image that is decoded.</summary>
internal sealed class DecodedRowReader : ImageRowReader
{
    private readonly MLImage _image;
    private readonly bool _isOwner;
    private readonly int _red;

    /// <param name="image">The image, of 32 bits a pixel.</param>
    /// <param name="isOwner">Whether disposing disposes of the image.</param>
    public DecodedRowReader(MLImage image, bool isOwner)
        : base(image.Width, image.Height)
    {
        if (image.PixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32))
        {
            throw new ArgumentException(
                $"The image has the pixel format {image.PixelFormat}, expected Bgra32 or Rgba32.", nameof(image));
        }
        (_image, _isOwner) = (image, isOwner);
        _red = image.PixelFormat == MLPixelFormat.Bgra32 ? 2 : 0;
    }

    protected override void ReadRow(Span<byte> rgb)
    {
        ReadOnlySpan<byte> row = _image.Pixels.Slice(NextRow * Width * 4, Width * 4);
        for (int x = 0; x < Width; x++)
        {
            rgb[3 * x] = row[(4 * x) + _red];
            rgb[(3 * x) + 1] = row[(4 * x) + 1];
            rgb[(3 * x) + 2] = row[(4 * x) + 2 - _red];
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (_isOwner) _image.Dispose();
    }
}
