using System.Text;
using MLSegmentation;

namespace Fuzzing.Images;

/// <summary>
/// PNG files (W3C PNG specification, third edition) with every combination of chunks, and what contradicts it here and there.
/// </summary>
internal static class PngGenerator
{
    private static readonly (int Colour, int[] Depths, int Channels)[] _kinds =
        [(0, [1, 2, 4, 8, 16], 1), (2, [8, 16], 3), (3, [1, 2, 4, 8], 1), (4, [8, 16], 2), (6, [8, 16], 4)];

    private static readonly int[][] _adam7 = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2],
        [0, 1, 1, 2]];

    public static byte[] Make(FuzzRandom random)
    {
        (int colour, int[] depths, int channels) = random.Pick(_kinds);
        int depth = random.Pick(depths), width = random.Side(), height = random.Side();
        bool interlaced = random.Percent(30);
        byte[] data = Compress(random, Rows(random, width, height, channels * depth, interlaced));

        List<Chunk> before = [], after = [];
        if (colour == 3 ? random.Percent(97) : random.Percent(8))
            before.Add(new("PLTE", random.Bytes(PaletteBytes(random, depth))));
        for (int i = random.Pick(0, 0, 1, 1, 2, 3); i > 0; i--)
            (random.Percent(80) ? before : after).Add(Ancillary(random, colour, depth, channels));
        if (random.Percent(15)) random.Shuffle(before);

        var header = new ByteList(isBigEndian: true)
            .Int(width).Int(height).Add((byte)depth, (byte)colour, 0, 0, interlaced ? (byte)1 : (byte)0).ToArray();
        if (random.Percent(8)) header = Mutation.Apply(random, header);
        List<Chunk> chunks = [new("IHDR", header), .. before, .. Split(random, data), .. after,
            new("IEND", random.Percent(2) ? random.Bytes(3) : [])];
        if (random.Percent(4)) random.Shuffle(chunks);
        if (random.Percent(4)) chunks.RemoveAt(random.Below(chunks.Count));
        if (random.Percent(4)) chunks.Insert(random.Below(chunks.Count), random.Pick<Chunk>([.. chunks]));
        return Write(random, chunks);
    }

    /// <summary>
    /// Changes the content of chunks and states checksums that fit: what follows is seen only by who looks past them.
    /// </summary>
    private static byte[] Write(FuzzRandom random, List<Chunk> chunks)
    {
        var file = new ByteList(isBigEndian: true).Add(0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A);
        int damaged = random.Percent(30) ? random.Below(chunks.Count) : -1;
        for (int i = 0; i < chunks.Count; i++)
        {
            (string type, byte[] content) = chunks[i];
            if (i == damaged && content.Length > 0) content = Mutation.Apply(random, [.. content]);
            byte[] checkedBytes = [.. Encoding.Latin1.GetBytes(type), .. content];
            file.Int(random.Percent(1) ? random.Extreme() : (uint)content.Length).Add(checkedBytes).Int(Crc32.Of(checkedBytes));
        }
        return file.ToArray();
    }

    private static int PaletteBytes(FuzzRandom random, int depth)
    {
        int entries = random.Percent(70) ? 1 << Math.Min(depth, 8) : random.Between(0, 256);
        return (3 * entries) + (random.Percent(4) ? random.Between(1, 2) : 0) + (random.Percent(2) ? 300 : 0);
    }

    private static byte[] Rows(FuzzRandom random, int width, int height, int pixelBits, bool interlaced)
    {
        var rows = new ByteList();
        foreach (int[] pass in interlaced ? _adam7 : [[0, 0, 1, 1]])
        {
            int across = (width - pass[0] + pass[2] - 1) / pass[2], down = (height - pass[1] + pass[3] - 1) / pass[3];
            if (across <= 0) continue;
            for (int y = 0; y < down; y++)
            {
                rows.Add(random.Percent(1) ? random.Byte() : (byte)random.Below(5))
                    .Add(random.Bytes(((across * pixelBits) + 7) / 8));
            }
        }
        byte[] bytes = rows.ToArray();
        return random.Below(20) switch
        {
            0 => bytes[..random.Below(bytes.Length + 1)],
            1 => [.. bytes, .. random.Bytes(random.Between(1, 300))],
            _ => bytes,
        };
    }

    private static byte[] Compress(FuzzRandom random, byte[] rows)
    {
        byte[] data = ZlibData.Compress(random, rows);
        return random.Below(20) switch
        {
            0 => Mutation.Apply(random, data),
            1 => data[..^Math.Min(random.Between(1, 6), data.Length)],
            2 => [.. data, .. random.Bytes(9)],
            _ => data,
        };
    }

    private static IEnumerable<Chunk> Split(FuzzRandom random, byte[] data)
    {
        if (random.Percent(70))
        {
            yield return new Chunk("IDAT", data);
            yield break;
        }
        for (int at = 0; at < data.Length;)
        {
            int length = Math.Min(random.Pick(0, 1, 2, 10, 100, 8192), data.Length - at);
            yield return new Chunk("IDAT", data[at..(at + length)]);
            if (random.Percent(1)) yield return new Chunk("tEXt", random.Bytes(5));
            at += length;
            if (length == 0 && random.Percent(50)) length = 1;
        }
    }

    private static Chunk Ancillary(FuzzRandom random, int colour, int depth, int channels)
    {
        uint Number() => random.Percent(70) ? (uint)random.Below(100_000) : random.Extreme();
        byte[] Odd(byte[] content) => random.Percent(12) ? Mutation.Apply(random, content.Length == 0 ? [0] : content) : content;
        ByteList Bytes() => new(isBigEndian: true);
        int significant = colour is 2 or 3 ? 3 : channels;
        byte[] Significant() =>
            random.Percent(20)
                ? [.. ((byte[])[5, 6, 5, 1])[..significant]]
                : [.. Enumerable.Range(0, significant)
                    .Select(_ => (byte)(random.Percent(85) ? random.Between(1, colour == 3 ? 8 : depth) : random.Byte()))];
        byte[] Zlib(int bytes) => ZlibData.Compress(random, random.Bytes(bytes));

        (string type, byte[] content) = random.Below(27) switch
        {
            0 or 1 or 2 => ("sBIT", Significant()),
            3 or 4 or 5 =>
                ("tRNS",
                    random.Bytes(colour == 3
                        ? random.Between(0, 1 << Math.Min(depth, 8))
                        : random.Percent(80) ? 2 * significant : random.Between(0, 300))),
            6 => ("gAMA", Bytes().Int(Number()).ToArray()),
            7 =>
                ("cHRM", Bytes().Int(Number())
                    .Int(Number()).Int(Number()).Int(Number()).Int(Number()).Int(Number()).Int(Number()).Int(Number()).ToArray()),
            8 => ("sRGB", [(byte)random.Between(0, 4)]),
            9 => ("iCCP", Bytes().Text("name\0\0").Add(Zlib(random.Pick(10, 128, 132, 500, 100_000))).ToArray()),
            10 => ("bKGD", random.Bytes(colour == 3 ? 1 : 2 * significant)),
            11 => ("hIST", random.Bytes(2 * random.Pick(1, 1 << Math.Min(depth, 8), 256))),
            12 => ("pHYs", Bytes().Int(Number()).Int(Number()).Add(random.Byte()).ToArray()),
            13 =>
                ("sPLT", Bytes()
                    .Text("palette\0").Add(random.Pick<byte>(8, 16, 3)).Add(random.Bytes(random.Pick(6, 10, 60, 61))).ToArray()),
            14 => ("tIME", random.Bytes(7)),
            15 => ("tEXt", Bytes().Text("Title\0").Add(random.Bytes(random.Below(200))).ToArray()),
            16 => ("zTXt", Bytes().Text("Title\0\0").Add(Zlib(random.Pick(10, 100_000))).ToArray()),
            17 => ("iTXt", Bytes().Text("Title\0\u0001\0en\0t\0").Add(Zlib(20)).ToArray()),
            18 or 19 => ("eXIf", ExifGenerator.Make(random)),
            20 => ("acTL", Bytes().Int(Number()).Int(Number()).ToArray()),
            21 =>
                ("fcTL", Bytes().Int(0).Int(random.Side()).Int(random.Side())
                    .Int(Number()).Int(Number()).Short(1).Short(9).Add(random.Byte(), random.Byte()).ToArray()),
            22 => ("fdAT", Bytes().Int(1).Add(Zlib(30)).ToArray()),
            23 =>
                (random.Pick("oFFs", "sCAL", "pCAL", "sTER", "gIFg", "cICP", "mDCV", "cLLI", "vpAg", "CgBI", "JDAT", "npTc",
                    "npLb", "npOl"), random.Bytes(random.Below(40))),
            24 => (random.Pick("ABCD", "abcd", "aBCD", "ab\0d", "    "), random.Bytes(random.Below(40))),
            25 => ("PLTE", random.Bytes(PaletteBytes(random, depth))),
            _ => ("tEXt", random.Bytes(random.Pick(0, 1, 5000))),
        };
        return new Chunk(type, Odd(content));
    }

    private sealed record Chunk(string Type, byte[] Content);
}
