using System.Text;

namespace Fuzzing.Models;

/// <summary>A protobuf message, field after field (protobuf.dev, "Encoding").</summary>
internal sealed class ProtoList
{
    private readonly ByteList _bytes = new();

    public ProtoList Number(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public ProtoList Float(int field, float value)
    {
        Varint(((ulong)field << 3) | 5);
        _bytes.Int(BitConverter.SingleToUInt32Bits(value));
        return this;
    }

    public ProtoList Bytes(int field, ReadOnlySpan<byte> content)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)content.Length);
        _bytes.Add(content);
        return this;
    }

    public ProtoList Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public ProtoList Message(int field, ProtoList message) => Bytes(field, message.ToArray());

    public byte[] ToArray() => _bytes.ToArray();

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
