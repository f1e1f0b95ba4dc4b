namespace MLSegmentation;

/// <summary>The content of a PNG file's IDAT chunks as one stream, read from where it lies. The file stays open.</summary>
internal sealed class PngImageData(Stream file, IReadOnlyList<PngImageData.Part> parts) : Stream
{
    private int _next;
    private int _left;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        // A part may be empty.
        while (_left == 0)
        {
            if (_next == parts.Count) return 0;
            (file.Position, _left) = (parts[_next].Start, parts[_next].Length);
            _next++;
        }
        int read = file.Read(buffer[..Math.Min(buffer.Length, _left)]);
        _left -= read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>The content of one chunk: its first byte in the file, and its bytes.</summary>
    internal readonly record struct Part(long Start, int Length);
}
