namespace Fuzzing.Images;

/// <summary>
/// TIFF files (TIFF 6.0 and BigTIFF): directories of all tags, types and codecs, right and contradicting each other.
/// </summary>
internal static class TiffGenerator
{
    public static byte[] Make(FuzzRandom random)
    {
        var shape = TiffShape.Random(random);
        var file = new TiffBuilder(isBigEndian: random.Percent(40), isBigTiff: random.Percent(15));
        List<(uint Offset, uint Bytes)> blocks =
            [.. Enumerable.Range(0, shape.Blocks).Select(_ => file.Append(TiffBlocks.Make(random, shape)))];
        if (blocks.Count > 0 && random.Percent(5))
        {
            blocks[random.Below(blocks.Count)] = (random.Percent(50) ? random.Extreme() : blocks[0].Offset,
                random.Percent(50) ? random.Extreme() : blocks[0].Bytes);
        }
        List<TiffEntry> entries = Entries(random, shape, blocks);
        if (random.Percent(40)) entries.AddRange(Enumerable.Range(0, random.Between(1, 4)).Select(_ => Other(random)));
        if (random.Percent(5)) entries.RemoveAt(random.Below(entries.Count));
        if (random.Percent(5)) entries.Add(random.Pick<TiffEntry>([.. entries]));
        if (random.Percent(25)) Damage(random, entries);
        if (random.Percent(95)) entries.Sort((one, other) => one.Tag.CompareTo(other.Tag));
        if (random.Percent(30)) file.AddDirectory([new(0x100, 3, [1u]), new(0x101, 3, [1u])]);
        return file.Finish(random, entries);
    }

    private static List<TiffEntry> Entries(FuzzRandom random, TiffShape shape, List<(uint Offset, uint Bytes)> blocks)
    {
        int SizeType() => random.Pick(3, 4);
        List<TiffEntry> entries =
        [
            new(0x100, SizeType(), [(uint)shape.Width]), new(0x101, SizeType(), [(uint)shape.Height]),
            new(0x102, 3, [.. Enumerable.Repeat((uint)shape.Depth, random.Percent(95) ? shape.Samples : random.Between(1, 4))]),
            new(0x103, 3, [(uint)shape.Compression]), new(0x106, 3, [(uint)shape.Colour]), new(0x115, 3, [(uint)shape.Samples]),
        ];
        if (shape.IsSeparate || random.Percent(20)) entries.Add(new(0x11C, 3, [shape.IsSeparate ? 2u : 1u]));
        uint[] offsets = [.. blocks.Select(block => block.Offset)], bytes = [.. blocks.Select(block => block.Bytes)];
        if (random.Percent(3)) offsets = offsets[..random.Below(offsets.Length + 1)];
        if (random.Percent(3)) bytes = bytes[..random.Below(bytes.Length + 1)];
        bool hasBytes = random.Percent(97);
        if (shape.IsTiled)
            entries.AddRange(
                [new(0x142, SizeType(), [(uint)shape.BlockWidth]), new(
                    0x143, SizeType(), [(uint)shape.BlockHeight]), new(0x144, 4, offsets)]);
        else entries.AddRange([new(0x116, SizeType(), [(uint)shape.BlockHeight]), new(0x111, 4, offsets)]);
        if (hasBytes)
        {
            entries.Add(
                new(shape.IsTiled ? 0x145 : 0x117, random.Percent(20) && bytes.All(count => count < 65536) ? 3 : 4, bytes));
        }
        if (shape.Colour == 3)
        {
            entries.Add(
                new(0x140, 3,
                    [.. Enumerable.Range(0, random.Percent(93) ? 3 << Math.Min(shape.Depth, 16) & 0xFFFFF : random.Below(800))
                        .Select(_ => (uint)random.Below(65536))]));
        }
        if (shape.Predictor > 1) entries.Add(new(0x13D, 3, [(uint)shape.Predictor]));
        if (random.Percent(20))
            entries.Add(new(0x112, 3, [(uint)(random.Percent(90) ? random.Between(1, 8) : random.Below(20))]));
        if (random.Percent(10)) entries.Add(new(0x10A, 3, [(uint)random.Between(1, 2)]));
        if (shape.Format > 0) entries.Add(new(0x153, 3, [.. Enumerable.Repeat((uint)shape.Format, shape.Samples)]));
        if (shape.Samples is 2 or > 3)
            entries.Add(new(0x152, 3, [.. Enumerable.Range(0, random.Between(1, 2)).Select(_ => (uint)random.Below(4))]));
        if (shape.Colour == 6 && random.Percent(80))
            entries.Add(new(0x212, 3, [(uint)random.Pick(1, 2, 4, 3), (uint)random.Pick(1, 2, 4)]));
        if (shape.Colour == 6 && random.Percent(30))
            entries.Add(new(0x214, 5, [.. Enumerable.Range(0, 12).Select(i => i % 2 == 1 ? 1u : (uint)random.Below(256))]));
        if (shape.Compression is 3 or 4) entries.Add(new(shape.Compression == 3 ? 0x124 : 0x125, 4, [(uint)random.Below(8)]));
        if (random.Percent(5)) entries.Add(new(0xFE, 4, [(uint)random.Below(5)]));
        return entries;
    }

    private static TiffEntry Other(FuzzRandom random)
    {
        int tag = random.Percent(70)
            ? random.Pick(0xFF, 0x107, 0x108, 0x109, 0x10E, 0x110, 0x118, 0x119, 0x11A, 0x11B, 0x122, 0x123, 0x12D, 0x131, 0x13E,
                0x13F, 0x141, 0x14A, 0x14C, 0x14D, 0x150, 0x151, 0x154, 0x155, 0x15B, 0x200, 0x201, 0x202, 0x203, 0x207, 0x208,
                0x209, 0x211, 0x213, 0x214, 0x2BC, 0x80E5, 0x8298, 0x83BB, 0x8649, 0x8769, 0x8773, 0x8825, 0xC612)
            : random.Below(65536);
        int type = random.Percent(90) ? random.Between(1, 13) : random.Pick(0, 14, 16, 17, 18, 255, 65535);
        return new TiffEntry(
            tag, type,
            [.. Enumerable.Range(0, random.Pick(0, 1, 1, 2, 3, 12, 100))
                .Select(_ => random.Percent(70) ? (uint)random.Below(300) : random.Extreme())]);
    }

    private static void Damage(FuzzRandom random, List<TiffEntry> entries)
    {
        int at = random.Below(entries.Count);
        TiffEntry entry = entries[at];
        entries[at] = random.Below(5) switch
        {
            0 => entry with { Type = random.Between(0, 18) },
            1 => entry with { Values = [.. entry.Values.Select(_ => random.Extreme())] },
            2 => entry with { StatedCount = random.Extreme() },
            3 => entry with { Values = [.. entry.Values, .. entry.Values] },
            _ => entry with { StatedOffset = random.Percent(50) ? random.Extreme() : (uint)random.Below(400) },
        };
    }
}
