using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation;

/// <summary>
/// The pixels of a decoded image, 8 bits a channel with straight alpha. Those of usual files are in a rented array; larger ones
/// in memory that the system has back as soon as this is disposed of. Those of an image in memory stay where they are.
/// </summary>
internal sealed unsafe class DecodedImage : IDisposable
{
    private const int BytesPerPixel = 4;
    private const int MostRented = 64 << 20;

    private readonly int _length;
    private byte[]? _rented;
    private byte* _native;
    private MLImage? _lent;
    private IDisposable? _share;

    private DecodedImage(int width, int height, (int Width, int Height) full)
    {
        (Width, Height, (FullWidth, FullHeight)) = (width, height, full);
        _length = checked(width * height * BytesPerPixel);
        if (_length <= MostRented) _rented = ArrayPool<byte>.Shared.Rent(_length);
        else _native = (byte*)NativeMemory.Alloc((nuint)_length);
    }

    private DecodedImage(MLImage image)
    {
        (Width, Height, FullWidth, FullHeight, Format) =
            (image.Width, image.Height, image.Width, image.Height, image.PixelFormat);
        _lent = image;
    }

    ~DecodedImage() => Free();

    /// <summary>Columns of pixels.</summary>
    public int Width { get; }

    /// <summary>Rows of pixels.</summary>
    public int Height { get; }

    /// <summary>The image's width; more than <see cref="Width"/> where it was decoded smaller.</summary>
    public int FullWidth { get; }

    /// <summary>The image's height; more than <see cref="Height"/> where it was decoded smaller.</summary>
    public int FullHeight { get; }

    /// <summary>The order of the channels; blue first in what was decoded here.</summary>
    public MLPixelFormat Format { get; } = MLPixelFormat.Bgra32;

    /// <summary>Row by row, four bytes a pixel; none after the pixels were freed.</summary>
    public ReadOnlySpan<byte> Pixels => _lent is null ? Bytes : _lent.Pixels;

    private Span<byte> Bytes =>
        _rented is null ? new Span<byte>(_native, _native is null ? 0 : _length) : _rented.AsSpan(0, _length);

    /// <summary>
    /// An image whose every pixel is written by <paramref name="write"/>, as <see cref="BgraPixel"/>: what was there before is
    /// another image's.
    /// </summary>
    /// <param name="width">Columns of pixels.</param>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="write">Writes the pixels.</param>
    /// <param name="full">The image's size where it is decoded smaller; null for the same.</param>
    public static DecodedImage Fill(int width, int height, Action<Span<uint>> write, (int Width, int Height)? full = null)
    {
        var image = new DecodedImage(width, height, full ?? (width, height));
        try
        {
            write(MemoryMarshal.Cast<byte, uint>(image.Bytes));
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <summary>An image in memory, which stays its owner's.</summary>
    /// <param name="image">The image.</param>
    /// <param name="share">The share of memory of what is made of it.</param>
    public static DecodedImage Over(MLImage image, IDisposable share) => new(image) { _share = share };

    /// <summary>The image turned upright; disposes of this one where that is another.</summary>
    public DecodedImage Upright(SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft) return this;
        using (this)
        {
            (int Width, int Height) size = (Width, Height), full = (FullWidth, FullHeight);
            if (PixelOrder.SwapsSides(origin)) (size, full) = ((Height, Width), (FullHeight, FullWidth));
            return Fill(
                size.Width, size.Height,
                pixels => PixelOrder.Apply<uint>(MemoryMarshal.Cast<byte, uint>(Pixels), Width, Height, origin, pixels), full);
        }
    }

    /// <summary>Keeps a share of memory for as long as the image has its own.</summary>
    public void Hold(IDisposable share) => _share = share;

    /// <summary>Frees the pixels alone: their share of memory goes to what is made of them.</summary>
    /// <returns>The share, which the caller disposes of; null where there is none.</returns>
    public IDisposable? FreePixels()
    {
        IDisposable? share = _share;
        _share = null;
        Dispose();
        return share;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        NativeMemory.Free(_native);
        _rented = null;
        _native = null;
        _lent = null;
        _share?.Dispose();
        _share = null;
    }
}
