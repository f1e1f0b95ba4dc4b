namespace Fuzzing.Images;

/// <summary>Strips and tiles of a TIFF, compressed as its directory says, or in some other way.</summary>
internal static class TiffBlocks
{
    private const int LzwClear = 256, LzwEnd = 257, LzwBits = 9, LzwCodesOfNineBits = 250;

    public static byte[] Make(FuzzRandom random, TiffShape shape)
    {
        byte[] samples = random.Bytes(random.Percent(96) ? shape.BlockBytes : random.Below(shape.BlockBytes + 1));
        byte[] block = shape.Compression switch
        {
            1 => samples,
            5 => Lzw(samples),
            8 or 32946 => ZlibData.Compress(random, samples),
            32773 => PackBits(random, samples),
            6 or 7 => random.Percent(70) ? EncodedImages.Jpeg(random) : JpegGenerator.Make(random),
            _ => random.Bytes(random.Below(Math.Max(samples.Length, 50))),
        };
        return random.Percent(6) && block.Length > 0 ? Mutation.Apply(random, block) : block;
    }

    /// <summary>Codes of single bytes, with the table cleared before codes grow.</summary>
    private static byte[] Lzw(byte[] samples)
    {
        var bits = new BitWriter(isHighestFirst: true);
        for (int i = 0; i < samples.Length; i++)
        {
            if (i % LzwCodesOfNineBits == 0) bits.Write(LzwClear, LzwBits);
            bits.Write(samples[i], LzwBits);
        }
        bits.Write(LzwEnd, LzwBits);
        bits.Flush(0);
        return bits.ToArray();
    }

    private static byte[] PackBits(FuzzRandom random, byte[] samples)
    {
        var packed = new ByteList();
        for (int at = 0; at < samples.Length;)
        {
            int length = Math.Min(random.Between(1, 128), samples.Length - at);
            if (random.Percent(30)) packed.Add((byte)(257 - Math.Max(length, 2)), samples[at]);
            else packed.Add((byte)(length - 1)).Add(samples.AsSpan(at, length));
            at += Math.Max(length, 1);
        }
        return packed.ToArray();
    }
}
