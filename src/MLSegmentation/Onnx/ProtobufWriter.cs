namespace MLSegmentation;

/// <summary>Writes fields with a length one after the other into bytes that have room for them.</summary>
internal ref struct ProtobufWriter(Span<byte> target)
{
    private const int HasLength = 2;
    private Span<byte> _rest = target;

    /// <summary>The bytes of a field, with its number and length before them.</summary>
    public static long SizeOf(int field, long length) => SizeOf(Tag(field)) + SizeOf((ulong)length) + length;

    /// <summary>Writes the number and the length of a field, whose content comes next.</summary>
    public void Begin(int field, long length)
    {
        Write(Tag(field));
        Write((ulong)length);
    }

    /// <summary>Writes bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Room for bytes that the caller writes.</summary>
    public Span<byte> Take(int length)
    {
        Span<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private static ulong Tag(int field) => ((ulong)field << 3) | HasLength;

    private static int SizeOf(ulong varint)
    {
        int size = 1;
        for (; varint >= 0x80; varint >>= 7) size++;
        return size;
    }

    private void Write(ulong varint)
    {
        for (; varint >= 0x80; varint >>= 7) Take(1)[0] = (byte)(varint | 0x80);
        Take(1)[0] = (byte)varint;
    }
}
