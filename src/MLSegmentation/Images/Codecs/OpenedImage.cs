using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// An image whose size is known. Its pixels are decoded when somebody has made up from the size how large they must be.
/// </summary>
internal sealed class OpenedImage : IDisposable
{
    private readonly Func<(int Width, int Height)?, long, DecodedImage> _decode;
    private readonly IDisposable? _file;

    private OpenedImage(
        (int Width, int Height) size, Func<(int Width, int Height)?, long, DecodedImage> decode, IDisposable? file) =>
        ((Width, Height), _decode, _file) = (size, decode, file);

    /// <summary>The width of the upright image.</summary>
    public int Width { get; }

    /// <summary>The height of the upright image.</summary>
    public int Height { get; }

    /// <summary>An image in memory, which stays its owner's.</summary>
    public static OpenedImage Over(MLImage image) =>
        new((image.Width, image.Height), (_, madeBytes) => DecodedImage.Over(image, ImageMemory.Take(madeBytes)), file: null);

    /// <summary>An image file whose header is read.</summary>
    /// <param name="image">The header.</param>
    /// <param name="file">What the header refers to, disposed of with this; null where nothing is to be.</param>
    public static OpenedImage Of(EncodedImage image, IDisposable? file) => new(image.UprightSize, image.Decode, file);

    /// <summary>Decodes the upright image.</summary>
    /// <param name="leastSize">
    /// The width and height wanted at least: a JPEG may be decoded smaller than it is. Null for the image's own.
    /// </param>
    /// <param name="madeBytes">
    /// The bytes of what is made of the image and takes over its share of memory (<see cref="DecodedImage.FreePixels"/>).
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The file is truncated or damaged, or takes more memory than there is for one image.
    /// </exception>
    public DecodedImage Decode((int Width, int Height)? leastSize, long madeBytes) => _decode(leastSize, madeBytes);

    public void Dispose() => _file?.Dispose();
}
