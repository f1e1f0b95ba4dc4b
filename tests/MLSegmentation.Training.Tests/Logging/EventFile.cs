using System.Buffers.Binary;
using System.Text;

namespace MLSegmentation.Training.Tests;

/// <summary>Reads event files with nothing of the writer's: framing, checksums and Protocol Buffers by hand.</summary>
internal static class EventFile
{
    /// <summary>The data of each record, after its lengths and checksums have been checked.</summary>
    public static byte[][] Records(byte[] file)
    {
        var records = new List<byte[]>();
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.AreEqual(MaskedChecksum(file.AsSpan(at, 8)), Number(file, at + 8), "The length's checksum.");
            byte[] data = file[(at + 12)..(at + 12 + length)];
            Assert.AreEqual(MaskedChecksum(data), Number(file, at + 12 + length), "The data's checksum.");
            records.Add(data);
            at += 16 + length;
        }
        return [.. records];
    }

    /// <summary>The fields of a message by their numbers: a number as bits, or bytes.</summary>
    public static Dictionary<int, object> Fields(byte[] message)
    {
        var fields = new Dictionary<int, object>();
        for (int at = 0; at < message.Length;)
        {
            ulong key = Varint(message, ref at);
            object value = (key & 7) switch
            {
                0 => Varint(message, ref at),
                1 => BinaryPrimitives.ReadUInt64LittleEndian(Take(message, ref at, 8)),
                2 => Take(message, ref at, (int)Varint(message, ref at)),
                5 => (ulong)BinaryPrimitives.ReadUInt32LittleEndian(Take(message, ref at, 4)),
                _ => throw new InvalidDataException($"Wire type {key & 7}."),
            };
            fields.Add((int)(key >> 3), value);
        }
        return fields;
    }

    /// <summary>An event's step, and the tag and value fields of the one value in its summary.</summary>
    public static (long Step, string Tag, Dictionary<int, object> Value) Value(byte[] record)
    {
        var entry = Fields(record);
        var value = Fields((byte[])Fields((byte[])entry[5])[1]);
        return ((long)(ulong)entry.GetValueOrDefault(2, 0ul), Encoding.UTF8.GetString((byte[])value[1]), value);
    }

    /// <summary>Bit by bit, as the polynomial 0x1EDC6F41 says when it is read from its lowest bit.</summary>
    private static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82F63B78 : crc >> 1;
        }
        crc = ~crc;
        return (crc >> 15 | crc << 17) + 0xA282EAD8;
    }

    private static uint Number(byte[] file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128) return value;
        }
    }

    private static byte[] Take(byte[] message, ref int at, int count) => message[at..(at += count)];
}
