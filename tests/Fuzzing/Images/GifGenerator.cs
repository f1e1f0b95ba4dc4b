namespace Fuzzing.Images;

/// <summary>
/// GIF files (CompuServe, version 89a): frames in and outside the screen, palettes, transparency, every code size.
/// </summary>
internal static class GifGenerator
{
    public static byte[] Make(FuzzRandom random)
    {
        int width = random.Side(), height = random.Side(), bits = random.Between(1, 8);
        bool hasPalette = random.Percent(85);
        var file = new ByteList().Text(random.Percent(98) ? random.Pick("GIF87a", "GIF89a") : "GIF88a")
            .Short(random.Percent(98) ? width : (int)random.Extreme()).Short(random.Percent(98) ? height : (int)random.Extreme())
            .Add((byte)((hasPalette ? 0x80 : 0) | (random.Below(8) << 4) | (bits - 1)), random.Pick<byte>(0, 0, 1, 255),
                random.Pick<byte>(0, 0, 49));
        if (hasPalette) file.Add(random.Bytes(3 << bits));
        for (int blocks = random.Pick(1, 1, 1, 2, 3, 6); blocks > 0; blocks--)
        {
            if (random.Percent(40)) file.Add(Extension(random));
            file.Add(Frame(random, width, height, bits, hasPalette));
        }
        if (random.Percent(95)) file.Add(0x3B);
        if (random.Percent(3)) file.Add(random.Bytes(10));
        return file.ToArray();
    }

    private static byte[] Extension(FuzzRandom random) => random.Below(6) switch
    {
        0 => [0x21, 0xFE, .. Blocks(random, random.Bytes(random.Below(300)))],
        1 => [0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, random.Byte(), random.Byte(), 0],
        2 => [0x21, 0xFF, random.Pick<byte>(11, 0, 255), .. "ICCRGBG1012"u8, .. Blocks(random, random.Bytes(50))],
        3 => [0x21, 0x01, 12, .. random.Bytes(12), .. Blocks(random, random.Bytes(20))],
        4 => [0x21, random.Byte(), .. Blocks(random, random.Bytes(random.Below(9)))],
        _ => [0x21, 0xF9, random.Percent(97) ? (byte)4 : random.Byte(), (byte)((random.Below(8) << 2) | random.Below(4)),
            random.Byte(), 0, random.Pick<byte>(0, 1, 3, random.Byte()), 0],
    };

    private static byte[] Frame(FuzzRandom random, int width, int height, int bits, bool hasPalette)
    {
        bool isWhole = random.Percent(65);
        int left = isWhole ? 0 : random.Percent(90) ? random.Below(width + 3) : (int)random.Extreme() & 0xFFFF,
            top = isWhole ? 0 : random.Percent(90) ? random.Below(height + 3) : (int)random.Extreme() & 0xFFFF;
        int across = isWhole ? width : random.Percent(95) ? random.Between(0, width + 5) : (int)random.Extreme() & 0xFFFF,
            down = isWhole ? height : random.Percent(95) ? random.Between(0, height + 5) : (int)random.Extreme() & 0xFFFF;
        bool hasOwn = !hasPalette || random.Percent(25);
        int own = random.Between(1, 8);
        var frame = new ByteList();
        if (random.Percent(40))
            frame.Add(0x21, 0xF9, 4, (byte)((random.Below(8) << 2) | random.Below(4)), 0, 0, (byte)random.Below(1 << bits), 0);
        frame.Add(0x2C).Short(left).Short(top).Short(across).Short(down)
            .Add((byte)((hasOwn && random.Percent(98) ? 0x80 : 0) | (random.Percent(25) ? 0x40 : 0) | (own - 1)));
        if (hasOwn) frame.Add(random.Bytes(3 << own));
        int size = random.Percent(92) ? Math.Max(2, hasOwn ? own : bits) : random.Pick(0, 1, 2, 8, 9, 11, 12, 13, 255);
        return frame.Add((byte)size).Add(Blocks(random, Lzw(random, Math.Min((long)across * down, 20_000), size))).ToArray();
    }

    /// <summary>Random pixels and codes of strings that are known; more pixels or fewer than the frame has, at times.</summary>
    private static byte[] Lzw(FuzzRandom random, long pixels, int size)
    {
        if (size is < 1 or > 11 || random.Percent(4)) return random.Bytes(random.Below(400));
        if (random.Percent(4)) pixels = random.Below(2 * (int)pixels + 2);
        int clear = 1 << size, next = clear + 2, width = size + 1;
        bool first = true;
        var bits = new BitWriter(isHighestFirst: false);
        if (random.Percent(97)) bits.Write(clear, width);
        for (long done = 0; done < pixels; done++)
        {
            int code = random.Percent(80) || next <= clear + 2
                ? random.Below(clear)
                : random.Percent(99) ? random.Between(clear + 2, next - 1) : random.Between(0, (1 << width) - 1);
            bits.Write(code, width);
            if (!first && next < 4096) next++;
            first = false;
            if (next == 1 << width && width < 12) width++;
            if (next < 4096 ? !random.Percent(1) : random.Percent(50)) continue;
            bits.Write(clear, width);
            (next, width, first) = (clear + 2, size + 1, true);
        }
        if (random.Percent(95)) bits.Write(clear + 1, width);
        bits.Flush(0);
        return bits.ToArray();
    }

    private static byte[] Blocks(FuzzRandom random, byte[] data)
    {
        var blocks = new ByteList();
        for (int at = 0; at < data.Length;)
        {
            int length = Math.Min(random.Pick(255, 255, 255, 1, 100), data.Length - at);
            blocks.Add((byte)length).Add(data.AsSpan(at, length));
            at += length;
        }
        return random.Percent(98) ? blocks.Add(0).ToArray() : blocks.ToArray();
    }
}
