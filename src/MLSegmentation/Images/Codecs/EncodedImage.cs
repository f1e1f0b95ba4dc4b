using SkiaSharp;

namespace MLSegmentation;

/// <summary>An image file whose header is read and whose pixels are not.</summary>
/// <param name="Name">The file's name, for errors.</param>
/// <param name="Width">The width as stored.</param>
/// <param name="Height">The height as stored.</param>
/// <param name="Origin">Which way up it is.</param>
/// <param name="DecoderBytes">Bytes that its decoder takes beside the pixels.</param>
/// <param name="DecodeStored">Decodes the pixels as stored; at another size where one is given that the format can do, which is null for the image's own.</param>
internal sealed record EncodedImage(
    string Name, int Width, int Height, SKEncodedOrigin Origin, long DecoderBytes, Func<Func<int, int, (int Width, int Height)>?, DecodedImage> DecodeStored)
{
    private const int BytesPerPixel = 4;

    /// <summary>Decodes the upright image.</summary>
    /// <param name="leastSize">The width and height wanted at least, for the image's own; null for the image's own.</param>
    /// <param name="madeBytes">
    /// For the image's width and height the bytes of what is made of it and takes over its share of memory (<see cref="DecodedImage.FreePixels"/>); null for none.
    /// </param>
    /// <exception cref="InvalidDataException">The file is truncated or damaged, or takes more memory than there is for one image.</exception>
    public DecodedImage Decode(Func<int, int, (int Width, int Height)>? leastSize, Func<int, int, long>? madeBytes = null)
    {
        // What is turned is there twice.
        long bytes = DecoderBytes + ((long)Width * Height * BytesPerPixel * (Origin == SKEncodedOrigin.TopLeft ? 1 : 2));
        ImageLimit.CheckBytes(bytes, Width, Height, Name);
        (int width, int height) = PixelOrder.SwapsSides(Origin) ? (Height, Width) : (Width, Height);
        IDisposable share = ImageMemory.Take(Math.Max(bytes, madeBytes?.Invoke(width, height) ?? 0));
        try
        {
            DecodedImage image = DecodeStored(Stored(leastSize)).Upright(Origin);
            image.Hold(share);
            return image;
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }

    /// <summary>The same wish for the image as it is stored.</summary>
    private Func<int, int, (int Width, int Height)>? Stored(Func<int, int, (int Width, int Height)>? leastSize)
    {
        if (leastSize is null || !PixelOrder.SwapsSides(Origin)) return leastSize;
        return (width, height) =>
        {
            (int uprightWidth, int uprightHeight) = leastSize(height, width);
            return (uprightHeight, uprightWidth);
        };
    }
}
