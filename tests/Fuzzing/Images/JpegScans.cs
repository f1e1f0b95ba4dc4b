namespace Fuzzing.Images;

/// <summary>The scans of a JPEG file.</summary>
internal static class JpegScans
{
    private const int MostUnits = 3000, ManyScans = 300;

    public static IEnumerable<byte[]> Make(FuzzRandom random, JpegFrameShape frame, JpegTable[] tables, int interval)
    {
        int[] all = [.. Enumerable.Range(0, frame.Components.Count)];
        if (all.Length == 0) return [Scan(random, frame, tables, interval, [], 0, 63, 0, 0)];
        if (!frame.IsProgressive)
        {
            int last = frame.IsLossless ? 0 : 63, first = frame.IsLossless ? random.Between(1, 7) : 0;
            return random.Percent(75) ? [Scan(random, frame, tables, interval, all, first, last, 0, 0)]
                : all.Select(one => Scan(random, frame, tables, interval, [one], first, last, 0, 0));
        }
        return Progressive(random, frame, tables, interval, all);
    }

    private static IEnumerable<byte[]> Progressive(
        FuzzRandom random, JpegFrameShape frame, JpegTable[] tables, int interval, int[] all)
    {
        int low = random.Pick(0, 1, 2, 13);
        yield return Scan(random, frame, tables, interval, all, 0, 0, 0, low);
        for (int scans = random.Percent(2) ? ManyScans : random.Between(0, 8); scans > 0; scans--)
        {
            int first = random.Percent(85) ? random.Between(1, 63) : 0,
                last = random.Percent(95) ? random.Between(Math.Max(first, 1), 63) : random.Below(80);
            int high = random.Percent(60) ? 0 : random.Between(1, 3);
            bool isRight = random.Percent(95);
            yield return Scan(
                random, frame, tables, interval, first == 0 ? all : [random.Pick(all)], first, first == 0 && isRight ? 0 : last,
                high, isRight && high > 0 ? high - 1 : random.Pick(0, 1, 2));
        }
    }

    private static byte[] Scan(FuzzRandom random, JpegFrameShape frame, JpegTable[] tables, int interval, int[] components,
        int first, int last, int high, int low)
    {
        if (random.Percent(2)) components = [.. components, .. components];
        var header = new ByteList().Add((byte)components.Length);
        int[] ids = [.. components.Select(_ => random.Percent(95) ? random.Below(tables.Length / 2) : random.Below(4))];
        for (int i = 0; i < components.Length; i++)
            header.Add(random.Percent(99) ? frame.Components[components[i]].Id : random.Byte(), (byte)((ids[i] << 4) | ids[i]));
        header.Add((byte)first, (byte)last, (byte)((high << 4) | low));
        var scan = new ByteList().Add(JpegGenerator.Segment(0xDA, header.ToArray()));

        int units = Math.Min(frame.Components.Count == 0
            ? 1
            : frame.Units(components.Length == 1 ? frame.Components[components[0]] : null), MostUnits);
        if (random.Percent(4)) units = random.Below(units + 1);
        int part = interval == 0 ? Math.Max(units, 1) : interval;
        for (int done = 0, restart = 0; done < units; done += part)
        {
            if (done > 0) scan.Add(0xFF, (byte)(0xD0 + (random.Percent(99) ? restart++ & 7 : random.Below(8))));
            scan.Add(Stuffed(Blocks(random, frame, tables, components, ids, Math.Min(part, units - done), first, last, high)));
        }
        return scan.ToArray();
    }

    private static byte[] Blocks(
        FuzzRandom random, JpegFrameShape frame, JpegTable[] tables, int[] components, int[] ids, int units, int first,
        int last, int high)
    {
        if (frame.IsArithmetic || high > 0 || random.Percent(5)) return random.Bytes(random.Below((units * 6) + 8));
        var bits = new BitWriter(isHighestFirst: true);
        for (int unit = 0; unit < units; unit++)
        {
            for (int i = 0; i < components.Length; i++)
            {
                JpegFrameShape.Component component = frame.Components[components[i]];
                int blocks = components.Length == 1 ? 1 : component.Across * component.Down;
                for (; blocks > 0; blocks--)
                    Block(random, bits, frame.IsLossless, Table(tables, 0, ids[i]), Table(tables, 1, ids[i]), first, last);
            }
        }
        bits.Flush(1);
        return bits.ToArray();
    }

    private static JpegTable Table(JpegTable[] tables, int kind, int id) =>
        Array.Find(tables, table => table.Kind == kind && table.Id == id) ?? tables[kind];

    private static void Block(
        FuzzRandom random, BitWriter bits, bool isLossless, JpegTable firsts, JpegTable others, int first, int last)
    {
        if (first == 0 || isLossless)
        {
            byte size = random.Percent(60) ? (byte)0 : random.Pick<byte>(firsts.Symbols);
            firsts.Write(bits, size);
            bits.Write((int)random.Next(), size & 15);
            if (isLossless) return;
        }
        for (int k = Math.Max(first, 1); k <= last;)
        {
            byte symbol = random.Percent(50) ? (byte)0 : random.Pick<byte>(others.Symbols);
            others.Write(bits, symbol);
            bits.Write((int)random.Next(), symbol & 15);
            if ((symbol & 15) == 0 && symbol != 0xF0) return;
            k += (symbol >> 4) + 1;
        }
    }

    /// <summary>A byte of ones is followed by zeros, so that it is no marker.</summary>
    private static byte[] Stuffed(byte[] data) => [.. data.SelectMany(one => one == 0xFF ? new byte[] { one, 0 } : [one])];
}
