namespace Fuzzing.Images;

/// <summary>
/// JPEG files (ITU-T T.81): every process from baseline to lossless and arithmetic, one scan to very many, in right order and
/// wrong. Scans hold coded blocks of random symbols, or noise.
/// </summary>
internal static class JpegGenerator
{
    public static byte[] Make(FuzzRandom random)
    {
        if (random.Percent(25)) return FromEncoder(random);
        var frame = JpegFrameShape.Random(random);
        JpegTable[] tables = [.. Enumerable.Range(0, random.Between(1, 2))
            .SelectMany(id => new[] { JpegTable.Random(random, 0, id, frame), JpegTable.Random(random, 1, id, frame) })];
        int interval = random.Percent(30) ? random.Pick(1, 2, 3, 7, 100, 0xFFFF) : 0;

        List<byte[]> head = [.. Enumerable.Range(0, random.Between(0, 3)).Select(_ => Application(random)),
            QuantizationTables(random), frame.Segment()];
        head.AddRange(tables.Select(table => table.Segment()));
        if (interval > 0) head.Add(Segment(0xDD, [(byte)(interval >> 8), (byte)interval]));
        if (frame.IsArithmetic) head.Add(Segment(0xCC, random.Bytes(2 * random.Between(1, 4))));
        if (random.Percent(4)) random.Shuffle(head);
        if (random.Percent(3)) head.RemoveAt(random.Below(head.Count));
        if (random.Percent(3)) head.Add(random.Pick<byte[]>([.. head]));
        if (random.Percent(2))
            head.Add(Segment(random.Pick(0xC0, 0xC4, 0xDB, 0xDC, 0xDE, 0xDF, 0xF0, 0xFD, 0x01), random.Bytes(random.Below(30))));

        var file = new ByteList(isBigEndian: true).Add(0xFF, 0xD8);
        foreach (byte[] segment in head) file.Add(segment);
        foreach (byte[] scan in JpegScans.Make(random, frame, tables, interval))
        {
            file.Add(scan);
            if (random.Percent(2)) file.Add(random.Pick<byte[]>([.. head]));
            if (random.Percent(1)) file.Add(random.Bytes(5));
        }
        if (random.Percent(3)) file.Add(Segment(0xDC, [(byte)(frame.Height >> 8), (byte)frame.Height]));
        if (random.Percent(97)) file.Add(0xFF, 0xD9);
        if (random.Percent(3)) file.Add(random.Bytes(20));
        return file.ToArray();
    }

    public static byte[] Segment(int marker, ReadOnlySpan<byte> content) =>
        new ByteList(isBigEndian: true).Add(0xFF, (byte)marker).Short(content.Length + 2).Add(content).ToArray();

    /// <summary>What Skia's own encoder writes, with segments put behind its start.</summary>
    private static byte[] FromEncoder(FuzzRandom random)
    {
        byte[] file = EncodedImages.Jpeg(random);
        var changed = new ByteList().Add(file.AsSpan(0, 2));
        for (int i = random.Below(3); i > 0; i--) changed.Add(Application(random));
        return changed.Add(file.AsSpan(2)).ToArray();
    }

    private static byte[] Application(FuzzRandom random)
    {
        byte[] content = random.Below(8) switch
        {
            0 => [.. "JFIF\0\u0001\u0002"u8, random.Byte(), .. random.Bytes(4), 0, 0],
            1 or 2 => [.. "Exif\0\0"u8, .. ExifGenerator.Make(random)],
            3 => [.. "ICC_PROFILE\0"u8, random.Pick<byte>(1, 0, 2, 255), random.Pick<byte>(1, 0, 2, 255),
                .. random.Bytes(random.Pick(0, 10, 128, 600))],
            4 or 5 => [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, random.Pick<byte>(0, 1, 2, 3, 255)],
            6 => [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. random.Bytes(40)],
            _ => random.Bytes(random.Below(60)),
        };
        int marker = content.Length > 4
            ? content[0] switch { (byte)'J' => 0xE0, (byte)'E' => 0xE1, (byte)'I' => 0xE2, (byte)'A' => 0xEE, _ => 0xE1 }
            : 0xFE;
        return Segment(random.Percent(95) ? marker : random.Between(0xE0, 0xEF),
            random.Percent(10) ? Mutation.Apply(random, [0, .. content]) : content);
    }

    private static byte[] QuantizationTables(FuzzRandom random)
    {
        var content = new ByteList(isBigEndian: true);
        for (int id = 0; id < random.Between(1, 4); id++)
        {
            bool isWide = random.Percent(8);
            content.Add((byte)((isWide ? 0x10 : 0) | (random.Percent(97) ? id : random.Byte())));
            for (int i = 0; i < 64; i++)
                content.Add(isWide ? random.Bytes(2) : [random.Pick<byte>(1, 2, 16, 255, random.Byte())]);
        }
        return Segment(0xDB, content.ToArray());
    }
}
