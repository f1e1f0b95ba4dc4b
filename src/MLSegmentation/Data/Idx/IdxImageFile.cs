using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// The images of an idx file, such as <c>train-images-idx3-ubyte.gz</c> of MNIST. Each enumeration reads the file from its start
/// and holds one image at a time. Made by <see cref="IdxImageReader.Open"/>.
/// </summary>
internal sealed class IdxImageFile
{
    private const int HeaderBytes = 16;

    internal IdxImageFile(string path, int count, int width, int height) =>
        (Path, Count, Width, Height) = (path, count, width, height);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The number of images that the header states.</summary>
    public int Count { get; }

    /// <summary>The width of every image in pixels.</summary>
    public int Width { get; }

    /// <summary>The height of every image in pixels.</summary>
    public int Height { get; }

    /// <summary>The images as grey values 0 to 255, row by row; each array is a new one.</summary>
    /// <exception cref="FileNotFoundException">While enumerating: the file is gone.</exception>
    /// <exception cref="InvalidDataException">While enumerating: the file is truncated or damaged.</exception>
    public IEnumerable<byte[]> ReadPixels()
    {
        using Stream stream = IdxImageReader.OpenStream(Path, out _);
        IdxImageReader.ReadExactly(stream, Path, new byte[HeaderBytes], "in its header");
        for (int i = 0; i < Count; i++)
        {
            var pixels = new byte[Width * Height];
            IdxImageReader.ReadExactly(stream, Path, pixels, $"in image {i} of {Count}");
            yield return pixels;
        }
        IdxImageReader.CheckEnd(stream, Path);
    }

    /// <summary>
    /// The images as gray images of 32 bits a pixel, opaque; <see cref="MLImage.Tag"/> is the path with <c>#</c> and the position
    /// from 0. The caller disposes each.
    /// </summary>
    /// <exception cref="FileNotFoundException">While enumerating: the file is gone.</exception>
    /// <exception cref="InvalidDataException">While enumerating: the file is truncated or damaged.</exception>
    public IEnumerable<MLImage> ReadImages()
    {
        int position = 0;
        foreach (byte[] pixels in ReadPixels()) yield return ToImage(pixels, position++);
    }

    /// <summary>An image of <see cref="ReadPixels"/> as <see cref="ReadImages"/> gives it.</summary>
    internal MLImage ToImage(byte[] pixels, int position)
    {
        var colours = new byte[pixels.Length * 4];
        for (int i = 0; i < pixels.Length; i++)
        {
            colours.AsSpan(4 * i, 3).Fill(pixels[i]);
            colours[(4 * i) + 3] = byte.MaxValue;
        }
        MLImage image = MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Bgra32, colours);
        image.Tag = $"{Path}#{position}";
        return image;
    }
}
