using System.Buffers.Binary;

namespace MLSegmentation.Tests;

/// <summary>Builds gray JPEG files of even 8×8 blocks, so that every pixel is known and restart markers can be set.</summary>
internal static class TestJpeg
{
    private const int CodeBits = 4;

    /// <summary>
    /// A JPEG whose blocks, row by row, have these levels; with a restart marker after each interval of blocks but the last.
    /// </summary>
    public static byte[] Gray(int width, int height, byte[] levels, int interval = 0)
    {
        List<byte> file = [0xFF, 0xD8];

        // A quantisation of 8 makes the level of a block its DC coefficient, plus 128.
        AddSegment(file, 0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]);
        var size = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(size.AsSpan(2), (ushort)width);
        AddSegment(file, 0xC0, [8, .. size, 1, 1, 0x11, 0]);

        // Ten codes of 4 bits for the sizes 0 to 9 of DC differences; one code of 1 bit for the end of the block.
        AddSegment(file, 0xC4, [0x00, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        AddSegment(file, 0xC4, [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        if (interval > 0) AddSegment(file, 0xDD, [(byte)(interval >> 8), (byte)interval]);
        AddSegment(file, 0xDA, [1, 1, 0x00, 0, 63, 0]);
        int step = interval == 0 ? levels.Length : interval;
        for (int start = 0; start < levels.Length; start += step)
        {
            if (start > 0) file.AddRange([0xFF, (byte)(0xD0 + (((start / step) - 1) & 7))]);
            AddBlocks(file, levels[start..Math.Min(start + step, levels.Length)]);
        }
        return [.. file, 0xFF, 0xD9];
    }

    /// <summary>The file with more segments behind its start.</summary>
    public static byte[] WithSegments(byte[] jpeg, params (byte Marker, byte[] Content)[] segments)
    {
        List<byte> file = [.. jpeg[..2]];
        foreach ((byte marker, byte[] content) in segments) AddSegment(file, marker, content);
        return [.. file, .. jpeg[2..]];
    }

    /// <summary>The file without the first segment of that marker.</summary>
    public static byte[] WithoutSegment(byte[] jpeg, byte marker)
    {
        int at = jpeg.AsSpan().IndexOf(new byte[] { 0xFF, marker });
        return [.. jpeg[..at], .. jpeg[(at + 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2)))..]];
    }

    private static void AddSegment(List<byte> file, byte marker, byte[] content)
    {
        file.AddRange([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2)]);
        file.AddRange(content);
    }

    private static void AddBlocks(List<byte> file, byte[] levels)
    {
        var bits = new List<bool>();
        void Add(int value, int count)
        {
            for (int i = count - 1; i >= 0; i--) bits.Add((value >> i & 1) != 0);
        }

        int last = 0;
        foreach (byte level in levels)
        {
            int difference = level - 128 - last;
            last += difference;
            int size = 0;
            while (Math.Abs(difference) >> size != 0) size++;
            Add(size, CodeBits);
            Add(difference < 0 ? difference - 1 : difference, size);
            Add(0, 1);
        }
        while (bits.Count % 8 != 0) bits.Add(true);
        foreach (bool[] eight in bits.Chunk(8))
        {
            byte value = (byte)eight.Aggregate(0, (sum, bit) => (sum << 1) | (bit ? 1 : 0));
            file.Add(value);
            if (value == 0xFF) file.Add(0);
        }
    }
}
