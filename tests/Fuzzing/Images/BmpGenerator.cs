namespace Fuzzing.Images;

/// <summary>
/// BMP files of every header, depth and compression, with sizes below 0, masks, and run lengths that leave the image.
/// </summary>
internal static class BmpGenerator
{
    private const long MostBytes = 1 << 16;

    public static byte[] Make(FuzzRandom random)
    {
        int header = random.Percent(90)
            ? random.Pick(12, 40, 40, 40, 52, 56, 64, 108, 124)
            : random.Pick(0, 8, 16, 24, 48, 125, 1000);
        int depth = random.Percent(95) ? random.Pick(1, 4, 8, 8, 16, 24, 24, 32, 32, 2) : random.Pick(0, 3, 48, 64, 65535);
        int compression = header == 12 ? 0 : depth switch
        {
            8 when random.Percent(40) => 1,
            4 when random.Percent(40) => 2,
            16 or 32 when random.Percent(50) => random.Pick(3, 3, 3, 6),
            _ => random.Percent(95) ? 0 : random.Pick(1, 2, 3, 4, 5, 6, 11, 12, 13),
        };
        int width = random.Percent(97) ? random.Side() : (int)random.Extreme(),
            height = random.Percent(97) ? random.Side() * (random.Percent(20) ? -1 : 1) : (int)random.Extreme();
        int colours = depth <= 8 ? 1 << Math.Clamp(depth, 0, 8) : random.Percent(10) ? random.Below(257) : 0;
        int stated = random.Percent(80) ? 0 : random.Percent(80) ? random.Between(1, 256) : (int)random.Extreme();
        if (depth <= 8 && stated is > 0 and <= 256) colours = stated;

        var info = new ByteList().Int(header);
        if (header == 12) info.Short(width).Short(height).Short(1).Short(depth);
        else
        {
            info.Int(width).Int(height).Short(random.Percent(97) ? 1 : random.Below(9))
                .Short(depth).Int(compression).Int(0).Int(2835).Int(2835).Int(stated).Int(0);
            if (header >= 52) info.Add(Masks(random, depth, 4));
            if (header > 56) info.Add(random.Bytes(header - 56));
        }
        byte[] head = info.ToArray();
        if (header is >= 4 and < 2000 && head.Length > header) head = head[..header];
        if (compression is 3 or 6 && header == 40) head = [.. head, .. Masks(random, depth, compression == 3 ? 3 : 4)];
        byte[] palette = random.Bytes(colours * (header == 12 ? 3 : 4));
        byte[] pixels = Pixels(random, width, height, depth, compression);
        int offset = 14 + head.Length + palette.Length + (random.Percent(10) ? random.Below(20) : 0);
        int gap = offset - 14 - head.Length - palette.Length;
        return new ByteList().Text(random.Percent(98) ? "BM" : "BA")
            .Int(random.Percent(90) ? (uint)(offset + pixels.Length) : random.Extreme()).Int(0)
            .Int(random.Percent(93) ? (uint)offset : random.Extreme())
            .Add(head).Add(palette).Add(new byte[gap]).Add(pixels).ToArray();
    }

    private static byte[] Masks(FuzzRandom random, int depth, int count)
    {
        var masks = new ByteList();
        uint[] usual = depth == 16
            ? random.Pick<uint[]>([0xF800, 0x07E0, 0x001F, 0], [0x7C00, 0x03E0, 0x001F, 0x8000])
            : [0xFF0000, 0xFF00, 0xFF, 0xFF000000];
        for (int i = 0; i < count; i++)
        {
            masks.Int(random.Percent(85)
                ? usual[i]
                : random.Percent(50) ? ((1u << random.Below(33)) - 1) << random.Below(32) : random.Extreme());
        }
        return masks.ToArray();
    }

    private static byte[] Pixels(FuzzRandom random, int width, int height, int depth, int compression)
    {
        long rowBytes = Math.Min(((Math.Abs((long)width) * depth) + 31) / 32 * 4, MostBytes),
            bytes = Math.Min(rowBytes * Math.Min(Math.Abs((long)height), MostBytes), MostBytes);
        if (compression is not (1 or 2)) return random.Bytes((int)(random.Percent(95) ? bytes : random.Below((int)bytes + 1)));
        var runs = new ByteList();
        for (int y = 0; y < Math.Min(Math.Abs((long)height), 200); y++)
        {
            for (int x = 0; x < width && x < 2000;)
            {
                int count = random.Percent(95) ? Math.Min(random.Between(1, 20), width - x) : random.Between(1, 255);
                x += count;
                switch (random.Below(20))
                {
                    case 0:
                        runs.Add(0, 2, (byte)random.Below(5), (byte)(random.Percent(90) ? 0 : random.Below(4)));
                        break;
                    case < 8 when count > 2:
                        int literal = compression == 1 ? count : (count + 1) / 2;
                        runs.Add(0, (byte)count).Add(random.Bytes(literal + (literal & 1)));
                        break;
                    default:
                        runs.Add((byte)count, random.Byte());
                        break;
                }
            }
            if (random.Percent(97)) runs.Add(0, 0);
        }
        return random.Percent(95) ? runs.Add(0, 1).ToArray() : runs.ToArray();
    }
}
