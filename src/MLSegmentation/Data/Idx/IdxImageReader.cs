using System.Buffers.Binary;
using System.IO.Compression;

namespace MLSegmentation;

/// <summary>
/// Reads the idx files of MNIST and its relatives, plain or compressed with gzip (recognised by content, not by extension).
/// Format: http://yann.lecun.com/exdb/mnist, "the IDX file format".
/// </summary>
internal static class IdxImageReader
{
    private const uint ImagesMagic = 0x00000803;
    private const uint LabelsMagic = 0x00000801;

    // As many as pixels of an image: more than any set of images has.
    private const int MostLabels = (int)ImageLimit.Pixels;

    // Deflate shrinks data at most 1032-fold.
    private const int MaxCompression = 1032;

    /// <summary>Opens a file of images and reads its header; the images are read when they are enumerated.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is no idx file of images, or is truncated or damaged in its header.
    /// </exception>
    public static IdxImageFile Open(string path)
    {
        using Stream stream = OpenStream(path, out long length);
        int[] sizes = ReadHeader(stream, path, ImagesMagic, "images", dimensions: 3);
        if (sizes[1] == 0 || sizes[2] == 0 || (long)sizes[1] * sizes[2] > ImageLimit.Pixels)
        {
            throw new InvalidDataException(
                $"The idx file '{path}' has images of {sizes[2]}×{sizes[1]} pixels, expected 1 to {ImageLimit.Pixels} pixels.");
        }
        CheckLength(path, length, stream is FileStream, (long)sizes[0] * sizes[1] * sizes[2],
            $"{sizes[0]} images of {sizes[2]}×{sizes[1]} pixels");
        return new IdxImageFile(path, sizes[0], sizes[2], sizes[1]);
    }

    /// <summary>Reads a file of labels.</summary>
    /// <returns>One label an image, 0 to 255.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no idx file of labels, or is truncated or damaged.</exception>
    public static byte[] ReadLabels(string path)
    {
        using Stream stream = OpenStream(path, out long length);
        int count = ReadHeader(stream, path, LabelsMagic, "labels", dimensions: 1)[0];
        if (count > MostLabels)
            throw new InvalidDataException($"The idx file '{path}' has {count} labels, expected at most {MostLabels}.");
        CheckLength(path, length, stream is FileStream, count, $"{count} labels");
        var labels = new byte[count];
        ReadExactly(stream, path, labels, $"in its {count} labels");
        CheckEnd(stream, path);
        return labels;
    }

    /// <summary>Few bytes must not claim much memory, nor much time.</summary>
    /// <exception cref="InvalidDataException">The file is too short for what its header states.</exception>
    private static void CheckLength(string path, long length, bool isPlain, long bytes, string what)
    {
        if (bytes > length * (isPlain ? 1 : MaxCompression))
        {
            throw new InvalidDataException(
                $"The idx file '{path}' has {length} bytes, too few for {what}: it is truncated or damaged. Download it again.");
        }
    }

    internal static void ReadExactly(Stream stream, string path, Span<byte> buffer, string where)
    {
        try
        {
            if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length) return;
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(
                $"The idx file '{path}' cannot be decompressed {where}: it is damaged. Download it again.", error);
        }
        throw new InvalidDataException($"The idx file '{path}' ends {where}: it is truncated. Download it again.");
    }

    /// <summary>Goes on to the end of a compressed file: its checksum is looked at only there.</summary>
    internal static void CheckEnd(Stream stream, string path)
    {
        try
        {
            stream.ReadByte();
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(
                $"The idx file '{path}' has a wrong checksum: it is damaged. Download it again.", error);
        }
    }

    /// <summary>Opens a file, plain or compressed.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="length">The bytes that the file itself has.</param>
    internal static Stream OpenStream(string path, out long length)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"The idx file '{path}' does not exist. Check the path and the folder that it is relative to.", path);
        }
        FileStream file = File.OpenRead(path);
        length = file.Length;
        bool compressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return compressed ? new BufferedStream(new GZipStream(file, CompressionMode.Decompress), 1 << 16) : file;
    }

    private static int[] ReadHeader(Stream stream, string path, uint magic, string kind, int dimensions)
    {
        Span<byte> header = stackalloc byte[4 + (4 * dimensions)];
        ReadExactly(stream, path, header[..4], "in its header");
        uint found = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (found != magic)
        {
            string other = found switch { ImagesMagic => " (a file of images)", LabelsMagic => " (a file of labels)", _ => "" };
            throw new InvalidDataException(
                $"The file '{path}' starts with 0x{found:X8}{other}, expected 0x{magic:X8}: an idx file of {kind}, plain or .gz. "
                + "Give that file.");
        }
        ReadExactly(stream, path, header[4..], "in its header");
        var sizes = new int[dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header[(4 + (4 * i))..]);
            if (sizes[i] < 0)
            {
                throw new InvalidDataException(
                    $"The idx file '{path}' has the size {sizes[i]} in its header: it is damaged. Download it again.");
            }
        }
        return sizes;
    }
}
