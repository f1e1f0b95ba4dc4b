using System.Buffers;

namespace MLSegmentation;

/// <summary>
/// The bytes of an image file, in a rented array: of thousands of images, new arrays would be hundreds of megabytes that wait for
/// the garbage collector.
/// </summary>
internal sealed class ImageFileBytes : IDisposable
{
    private const int UnknownBytes = 1 << 16;
    private byte[]? _rented;
    private int _count;

    private ImageFileBytes(byte[] rented) => _rented = rented;

    public ArraySegment<byte> Content => new(_rented!, 0, _count);

    /// <summary>Room for the bytes of a file that is put together; what it holds has to be written.</summary>
    public static ImageFileBytes Rent(int length) => new(ArrayPool<byte>.Shared.Rent(length)) { _count = length };

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, or larger than an array can be.</exception>
    public static ImageFileBytes Read(string path)
    {
        using FileStream stream = ImageFile.OpenRead(path, bufferBytes: 0);

        // One byte more than the file has, so that its end is seen without another array.
        long expected = stream.CanSeek ? stream.Length + 1 : UnknownBytes;
        if (expected > Array.MaxLength) throw TooLong(path);
        var bytes = new ImageFileBytes(ArrayPool<byte>.Shared.Rent((int)expected));
        try
        {
            bytes.Fill(stream, path);
            ImageFile.CheckNotEmpty(bytes.Content, path);
            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_rented is null) return;
        ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }

    private static InvalidDataException TooLong(string path) =>
        new($"The image file '{path}' has 2 GB or more, expected less. Convert it to a smaller one.");

    private void Fill(FileStream stream, string path)
    {
        int read;
        while ((read = stream.Read(_rented!, _count, _rented!.Length - _count)) > 0)
        {
            _count += read;
            if (_count < _rented.Length) continue;
            if (2L * _count > Array.MaxLength) throw TooLong(path);
            byte[] larger = ArrayPool<byte>.Shared.Rent(2 * _count);
            Content.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = larger;
        }
    }
}
