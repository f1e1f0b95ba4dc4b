using SkiaSharp;

namespace MLSegmentation;

/// <summary>An image file whose header is read and whose pixels are not.</summary>
/// <param name="Name">The file's name, for errors.</param>
/// <param name="Width">The width as stored.</param>
/// <param name="Height">The height as stored.</param>
/// <param name="Origin">Which way up it is.</param>
/// <param name="DecoderBytes">Bytes that its decoder takes beside the pixels.</param>
/// <param name="DecodeStored">
/// Decodes the pixels as stored; at another size where one is given that the format can do, which is null for the image's own.
/// </param>
internal sealed record EncodedImage(
    string Name, int Width, int Height, SKEncodedOrigin Origin, long DecoderBytes,
    Func<(int Width, int Height)?, DecodedImage> DecodeStored)
{
    private const int BytesPerPixel = 4;

    /// <summary>The width and height of the upright image.</summary>
    public (int Width, int Height) UprightSize => PixelOrder.SwapsSides(Origin) ? (Height, Width) : (Width, Height);

    /// <summary>Decodes the upright image.</summary>
    /// <param name="leastSize">The width and height wanted at least, upright; null for the image's own.</param>
    /// <param name="madeBytes">
    /// The bytes of what is made of the image and takes over its share of memory (<see cref="DecodedImage.FreePixels"/>).
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The file is truncated or damaged, or takes more memory than there is for one image.
    /// </exception>
    public DecodedImage Decode((int Width, int Height)? leastSize = null, long madeBytes = 0)
    {
        // What is turned is there twice.
        long bytes = DecoderBytes + ((long)Width * Height * BytesPerPixel * (Origin == SKEncodedOrigin.TopLeft ? 1 : 2));
        ImageLimit.CheckBytes(bytes, Width, Height, Name);
        IDisposable share = ImageMemory.Take(Math.Max(bytes, madeBytes));
        try
        {
            DecodedImage image = DecodeStored(leastSize is { } least && PixelOrder.SwapsSides(Origin)
                ? (least.Height, least.Width)
                : leastSize).Upright(Origin);
            image.Hold(share);
            return image;
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }
}
