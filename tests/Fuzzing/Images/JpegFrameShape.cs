namespace Fuzzing.Images;

/// <summary>The frame of a JPEG file: its process, size and components.</summary>
internal sealed record JpegFrameShape(
    int Marker, int Precision, int Width, int Height, IReadOnlyList<JpegFrameShape.Component> Components)
{
    public bool IsProgressive => Marker is 0xC2 or 0xC6 or 0xCA or 0xCE;

    public bool IsLossless => Marker is 0xC3 or 0xC7 or 0xCB or 0xCF;

    public bool IsArithmetic => Marker >= 0xC9;

    public static JpegFrameShape Random(FuzzRandom random)
    {
        int marker = random.Percent(80)
            ? random.Pick(0xC0, 0xC1, 0xC2, 0xC2)
            : random.Pick(0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF);
        int count = random.Pick(1, 1, 3, 3, 3, 3, 4, 4, random.Percent(10) ? random.Pick(0, 2, 5, 10) : 3);
        byte[] ids = random.Below(8) switch
        {
            0 => "RGBA"u8.ToArray(),
            1 => [0, 1, 2, 3],
            2 => random.Bytes(4),
            _ => [1, 2, 3, 4],
        };
        bool isPlain = random.Percent(60);
        Component[] components = [.. Enumerable.Range(0, count).Select(i => new Component(
            ids[i & 3],
            isPlain ? (i is 0 or 3 ? random.Pick(1, 2) : 1) : random.Percent(97) ? random.Between(1, 4) : random.Below(16),
            isPlain ? (i is 0 or 3 ? random.Pick(1, 2) : 1) : random.Percent(97) ? random.Between(1, 4) : random.Below(16),
            random.Percent(90) ? 0 : random.Below(5)))];
        int precision = random.Percent(95) ? 8 : random.Pick(12, 16, 2, 0, 9);
        return new JpegFrameShape(
            marker, precision, random.Percent(98) ? random.Side() : random.Pick(0, 65535, 65500, 8191),
            random.Percent(98) ? random.Side() : random.Pick(0, 65535, 65500), components);
    }

    public byte[] Segment()
    {
        var content = new ByteList(isBigEndian: true).Add((byte)Precision).Short(Height).Short(Width).Add((byte)Components.Count);
        foreach (Component one in Components) content.Add(one.Id, (byte)((one.Across << 4) | (one.Down & 15)), (byte)one.Table);
        return JpegGenerator.Segment(Marker, content.ToArray());
    }

    /// <summary>Blocks of a component in a scan of its own, or units of a scan of several.</summary>
    public int Units(Component? only)
    {
        int across = Math.Max(1, Components.Max(one => one.Across)), down = Math.Max(1, Components.Max(one => one.Down));
        static int Parts(int size, int part) => (size + part - 1) / part;
        return only is null
            ? Parts(Width, 8 * across) * Parts(Height, 8 * down)
            : Parts(Parts(Width * only.Across, across), 8) * Parts(Parts(Height * only.Down, down), 8);
    }

    /// <summary>One component, with its sampling factors and quantization table.</summary>
    internal sealed record Component(byte Id, int Across, int Down, int Table);
}
