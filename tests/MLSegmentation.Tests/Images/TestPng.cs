using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MLSegmentation.Tests;

/// <summary>Builds PNG files of every kind: the rows' filters take turns, so that each is there.</summary>
internal static class TestPng
{
    private static readonly int[][] _adam7 =
        [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];

    public static byte[] Build(
        int width, int height, int depth, int colour, ushort[] samples, bool interlaced = false, byte[]? palette = null,
        byte[]? transparency = null, int imageChunks = 1, byte[]? exif = null)
    {
        var raw = new MemoryStream();
        foreach (int[] pass in interlaced ? _adam7 : [[0, 0, 1, 1]]) AddPass(raw, width, height, depth, colour, samples, pass);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)colour, (byte)(interlaced ? 1 : 0));

        List<(string, byte[])> chunks = [("IHDR", header)];
        if (palette is not null) chunks.Add(("PLTE", palette));
        if (transparency is not null) chunks.Add(("tRNS", transparency));
        if (exif is not null) chunks.Add(("eXIf", exif));
        byte[] compressed = Deflate(raw.ToArray());
        chunks.AddRange(compressed.Chunk((compressed.Length / imageChunks) + 1).Select(piece => ("IDAT", piece)));
        chunks.Add(("IEND", []));
        return FromChunks([.. chunks]);
    }

    public static byte[] FromChunks(params (string Type, byte[] Content)[] chunks)
    {
        List<byte> file = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        foreach ((string type, byte[] content) in chunks)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
            file.AddRange(BigEndian((uint)content.Length));
            file.AddRange(body);
            file.AddRange(BigEndian(Crc32.Of(body)));
        }
        return [.. file];
    }

    /// <summary>The file with one more chunk behind its header.</summary>
    public static byte[] Insert(byte[] file, string type, byte[] content)
    {
        const int HeaderEnd = 8 + 25;
        return [.. file[..HeaderEnd], .. FromChunks((type, content))[8..], .. file[HeaderEnd..]];
    }

    public static byte[] Deflate(byte[] raw)
    {
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest)) zlib.Write(raw);
        return compressed.ToArray();
    }

    public static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static void AddPass(MemoryStream raw, int width, int height, int depth, int colour, ushort[] samples, int[] pass)
    {
        int channels = colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        int[] columns = [.. Enumerable.Range(0, width).Where(x => x >= pass[0] && (x - pass[0]) % pass[2] == 0)];
        int[] rows = [.. Enumerable.Range(0, height).Where(y => y >= pass[1] && (y - pass[1]) % pass[3] == 0)];
        if (columns.Length == 0) return;
        var above = new byte[((columns.Length * channels * depth) + 7) / 8];
        for (int row = 0; row < rows.Length; row++)
        {
            var packed = new byte[above.Length];
            int bit = 0;
            foreach (int x in columns)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    int sample = samples[(((rows[row] * width) + x) * channels) + channel];
                    for (int i = depth - 1; i >= 0; i--, bit++) packed[bit / 8] |= (byte)((sample >> i & 1) << (7 - (bit % 8)));
                }
            }
            int filter = row % 5;
            raw.WriteByte((byte)filter);
            raw.Write(Filter(filter, packed, above, Math.Max(channels * depth / 8, 1)));
            above = packed;
        }
    }

    public static byte[] Filter(int filter, byte[] row, byte[] above, int step)
    {
        var filtered = new byte[row.Length];
        for (int i = 0; i < row.Length; i++)
        {
            int a = i < step ? 0 : row[i - step];
            int b = above[i];
            int c = i < step ? 0 : above[i - step];
            int p = a + b - c;
            int nearest = new[] { a, b, c }.MinBy(value => Math.Abs(p - value));
            filtered[i] = (byte)(row[i] - filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => nearest });
        }
        return filtered;
    }
}
