using System.Buffers;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace MLSegmentation.Images;

/// <summary>The upright pixels of a decoded image file, in a rented array: BGRA with straight alpha, 8 bits each.</summary>
/// <param name="pixels">An array of the shared pool, given back when this is disposed of.</param>
/// <param name="width">Columns of pixels.</param>
/// <param name="height">Rows of pixels.</param>
/// <param name="fullWidth">The image's width; more than <paramref name="width"/> where it was decoded smaller.</param>
/// <param name="fullHeight">The image's height, likewise.</param>
internal sealed class DecodedImage(byte[] pixels, int width, int height, int fullWidth, int fullHeight) : IDisposable
{
    private const int BytesPerPixel = 4;
    private byte[]? _pixels = pixels;

    public int Width => width;

    public int Height => height;

    public int FullWidth => fullWidth;

    public int FullHeight => fullHeight;

    public ReadOnlySpan<byte> Pixels => _pixels.AsSpan(0, width * height * BytesPerPixel);

    /// <summary>An image whose every pixel is written by <paramref name="write"/>, as <see cref="BgraPixel"/>: what was in the array is another image's.</summary>
    public static DecodedImage Fill(int width, int height, Action<Span<uint>> write)
    {
        int length = checked(width * height * BytesPerPixel);
        byte[] pixels = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            write(MemoryMarshal.Cast<byte, uint>(pixels.AsSpan(0, length)));
            return new DecodedImage(pixels, width, height, width, height);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(pixels);
            throw;
        }
    }

    /// <summary>The image turned upright; disposes of this one where that is another.</summary>
    public DecodedImage Upright(SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft) return this;
        using (this)
        {
            (int uprightWidth, int uprightHeight) = PixelOrder.SwapsSides(origin) ? (height, width) : (width, height);
            return Fill(uprightWidth, uprightHeight, pixels => PixelOrder.Apply(MemoryMarshal.Cast<byte, uint>(Pixels), width, height, origin, pixels));
        }
    }

    public void Dispose()
    {
        if (_pixels is null) return;
        ArrayPool<byte>.Shared.Return(_pixels);
        _pixels = null;
    }
}
