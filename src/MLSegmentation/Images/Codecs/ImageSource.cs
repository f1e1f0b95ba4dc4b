using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>Where an image comes from: memory, a file, or the bytes of one. Nothing is read before it is opened.</summary>
internal abstract class ImageSource
{
    private ImageSource()
    {
    }

    /// <summary>An image in memory, which stays its owner's.</summary>
    public static ImageSource Of(MLImage image) => new InMemory(image);

    /// <summary>An image file.</summary>
    public static ImageSource OfFile(string path) => new InFile(path);

    /// <summary>The bytes of an image file.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="name">What errors call the image.</param>
    public static ImageSource OfBytes(ArraySegment<byte> file, string name) => new InBytes(file, name);

    /// <summary>Reads what tells the image's size; its pixels are decoded by <see cref="OpenedImage.Decode"/>.</summary>
    /// <param name="range">The range of samples of more than 8 bits; null for the range of their type.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is empty, truncated, damaged, of an unknown format or too large.
    /// </exception>
    public abstract OpenedImage Open(SampleRange? range);

    /// <summary>
    /// Opens the image for reading by rows: an image file may be larger than memory (<see cref="ImageRowReader.Open"/>).
    /// </summary>
    /// <param name="range">As in <see cref="Open"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is empty, truncated, damaged, of an unknown format or too large.
    /// </exception>
    public abstract ImageRowReader OpenRows(SampleRange? range);

    private sealed class InMemory(MLImage image) : ImageSource
    {
        public override OpenedImage Open(SampleRange? range) => OpenedImage.Over(image);

        public override ImageRowReader OpenRows(SampleRange? range) => ImageRowReader.Over(image);
    }

    private sealed class InFile(string path) : ImageSource
    {
        public override OpenedImage Open(SampleRange? range)
        {
            ImageFileBytes file = ImageFileBytes.Read(path);
            try
            {
                return OpenedImage.Of(ImageFormats.Parse(file.Content, path, range), file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }

        public override ImageRowReader OpenRows(SampleRange? range) => ImageRowReader.Open(path, range);
    }

    private sealed class InBytes(ArraySegment<byte> file, string name) : ImageSource
    {
        public override OpenedImage Open(SampleRange? range) => OpenedImage.Of(ImageFormats.Parse(file, name, range), file: null);

        public override ImageRowReader OpenRows(SampleRange? range) =>
            new DecodedRowReader(ImageDecoder.Decode(file, name, range), isOwner: true);
    }
}
