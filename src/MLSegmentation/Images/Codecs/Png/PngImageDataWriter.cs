namespace MLSegmentation;

/// <summary>Writes what comes as the content of IDAT chunks, each as large as the buffer. The file stays open.</summary>
internal sealed class PngImageDataWriter(Stream file) : Stream
{
    // One chunk for masks of usual size.
    private const int BufferBytes = 1 << 20;

    private readonly MemoryStream _buffer = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _buffer.Write(buffer);
        if (_buffer.Length >= BufferBytes) WriteChunk();
    }

    // A chunk ends where the buffer is full or the data ends.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (_buffer.Length > 0) WriteChunk();
        base.Dispose(disposing);
    }

    private void WriteChunk()
    {
        PngWriter.WriteChunk(file, "IDAT"u8, _buffer.GetBuffer().AsSpan(0, (int)_buffer.Length));
        _buffer.SetLength(0);
    }
}
