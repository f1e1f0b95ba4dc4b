using System.Buffers.Binary;
using System.Text;

namespace Fuzzing;

/// <summary>Bytes of a file that is put together, in either byte order.</summary>
internal sealed class ByteList(bool isBigEndian = false)
{
    private readonly List<byte> _bytes = [];

    public int Count => _bytes.Count;

    public ByteList Add(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public ByteList Text(string text) => Add(Encoding.Latin1.GetBytes(text));

    public ByteList Short(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        if (isBigEndian) BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return Add(bytes);
    }

    public ByteList Int(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        if (isBigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Add(bytes);
    }

    public ByteList Int(int value) => Int((uint)value);

    public ByteList Long(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        if (isBigEndian) BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Add(bytes);
    }

    public byte[] ToArray() => [.. _bytes];
}
