using System.Buffers.Binary;
using System.Text;

namespace MLSegmentation.Training;

/// <summary>The bytes of a pickle, at most 16 MiB of them: the names and shapes of a network take some kilobytes.</summary>
internal sealed class PickleStream(Stream stream)
{
    private const int Longest = 16 << 20;

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _taken;

    public byte ReadByte() => Read(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Read(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Read(4));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Read(8));

    /// <summary>A two's complement number of any length, refused above 8 bytes.</summary>
    public long ReadLong()
    {
        int length = ReadByte();
        if (length > 8) throw new InvalidDataException($"its pickle has a number of {length} bytes, expected 8 at most");
        byte[] bytes = Read(length);
        long value = length > 0 && bytes[^1] >= 0x80 ? -1 : 0;
        for (int i = length - 1; i >= 0; i--) value = (value << 8) | bytes[i];
        return value;
    }

    /// <summary>A UTF-8 string after its length.</summary>
    public string ReadText(int length)
    {
        try
        {
            return _utf8.GetString(Read(length));
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException("its pickle has a string that is not UTF-8", error);
        }
    }

    /// <summary>A string up to the end of its line.</summary>
    public string ReadLine()
    {
        var line = new StringBuilder();
        for (byte c = ReadByte(); c != '\n'; c = ReadByte()) line.Append((char)c);
        return line.ToString();
    }

    private byte[] Read(int count)
    {
        if (count < 0 || count > Longest - _taken)
            throw new InvalidDataException($"its pickle takes more than {Longest >> 20} MiB; that is no list of weights");
        _taken += count;
        var bytes = new byte[count];
        if (stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count)
            throw new InvalidDataException("it ends within its pickle; it is truncated");
        return bytes;
    }
}
