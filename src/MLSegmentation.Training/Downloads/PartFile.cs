using System.Security.Cryptography;

namespace MLSegmentation.Training;

/// <summary>The part of a file that has arrived, beside the place of the whole. It outlives a process that is killed.</summary>
internal sealed class PartFile : IDisposable
{
    private readonly FileStream _stream;

    /// <summary>Opens the part, empty where there is none; one that is longer than the whole file begins anew.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public PartFile(string path, long longest)
    {
        Path = path;

        // Without a buffer, so that a killed process loses nothing that had arrived.
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        _stream.Position = Length = _stream.Length;
        if (Length > longest) Clear();
    }

    public string Path { get; }

    /// <summary>The bytes that have arrived.</summary>
    public long Length { get; private set; }

    /// <exception cref="IOException">The disk is full or failed.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException error)
        {
            throw new IOException(
                $"'{Path}' cannot be written after {Length} bytes: {error.Message.TrimEnd('.')}. What has arrived is kept. "
                + $"Make room on that disk and try again, or set {CacheFolder.Variable} to a folder on another one.", error);
        }
        Length += bytes.Length;
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        if (Length == 0) return;
        _stream.SetLength(0);
        _stream.Position = Length = 0;
    }

    /// <summary>Sees to it that what has arrived is on the disk.</summary>
    public void Flush() => _stream.Flush(flushToDisk: true);

    /// <summary>The SHA-256 of what has arrived, as 64 hexadecimal digits in lower case.</summary>
    public async Task<string> HashAsync(CancellationToken cancellation)
    {
        _stream.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(_stream, cancellation));
    }

    /// <summary>Closes the part, and deletes it where it is empty.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (Length == 0) File.Delete(Path);
    }
}
