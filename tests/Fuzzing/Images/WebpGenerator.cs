namespace Fuzzing.Images;

/// <summary>
/// WebP files (RFC 9649): images that an encoder wrote, in chunks put together anew, with alpha, animations and wrong sizes.
/// </summary>
internal static class WebpGenerator
{
    private const int ChunksAt = 12;

    public static byte[] Make(FuzzRandom random)
    {
        var chunks = new ByteList();
        if (random.Percent(35)) chunks.Add(Image(random, out _));
        else
        {
            byte[] image = Image(random, out (int Width, int Height) size);
            bool isAnimated = random.Percent(20);
            List<byte[]> list = [Extended(random, size, isAnimated)];
            if (random.Percent(25)) list.Add(Chunk(random, "ICCP", random.Bytes(random.Below(200))));
            if (isAnimated)
            {
                list.Add(Chunk(random, "ANIM", random.Bytes(6)));
                for (int i = random.Between(1, 3); i > 0; i--) list.Add(AnimationFrame(random));
            }
            else
            {
                if (random.Percent(40)) list.Add(Alpha(random, size));
                list.Add(image);
            }
            if (random.Percent(30))
            {
                list.Add(
                    Chunk(random, "EXIF", [.. random.Percent(30) ? "Exif\0\0"u8.ToArray() : [], .. ExifGenerator.Make(random)]));
            }
            if (random.Percent(15))
                list.Add(Chunk(random, random.Pick("XMP ", "ABCD", "ALPH", "VP8 "), random.Bytes(random.Below(60))));
            if (random.Percent(10)) random.Shuffle(list);
            if (random.Percent(4)) list.RemoveAt(random.Below(list.Count));
            if (random.Percent(4)) list.Add(random.Pick<byte[]>([.. list]));
            foreach (byte[] one in list) chunks.Add(one);
        }
        byte[] content = chunks.ToArray();
        return new ByteList()
            .Text("RIFF").Int(random.Percent(96) ? (uint)content.Length + 4 : random.Extreme()).Text("WEBP").Add(content)
            .Add(random.Percent(3) ? random.Bytes(9) : []).ToArray();
    }

    /// <summary>
    /// The chunks of an image that is no animation: VP8 or VP8L, at times with other numbers in their first bytes.
    /// </summary>
    private static byte[] Image(FuzzRandom random, out (int Width, int Height) size)
    {
        bool isLossless = random.Percent(50);
        byte[] file = isLossless ? EncodedImages.LosslessWebp(random) : EncodedImages.LossyWebp(random);
        (string type, byte[] content) = isLossless ? Find(file, "VP8L") : Find(file, "VP8 ");
        size = isLossless
            ? (1 + (content[1] | ((content[2] & 0x3F) << 8)),
                1 + ((content[2] >> 6) | (content[3] << 2) | ((content[4] & 15) << 10)))
            : (content[6] | ((content[7] & 0x3F) << 8), content[8] | ((content[9] & 0x3F) << 8));
        if (random.Percent(40)) content = Mutation.Apply(random, content);
        if (random.Percent(15) && content.Length > 30) random.Fill(content.AsSpan(random.Between(10, content.Length - 1)));
        return Chunk(random, type, content);
    }

    private static (string Type, byte[] Content) Find(byte[] file, string type)
    {
        for (int at = ChunksAt; at + 8 <= file.Length;)
        {
            int length = BitConverter.ToInt32(file, at + 4);
            if (file.AsSpan(at, 4).SequenceEqual(System.Text.Encoding.ASCII.GetBytes(type)))
                return (type, file[(at + 8)..(at + 8 + length)]);
            at += 8 + length + (length & 1);
        }
        throw new InvalidOperationException($"The encoder wrote no chunk '{type}'.");
    }

    private static byte[] Extended(FuzzRandom random, (int Width, int Height) size, bool isAnimated)
    {
        int flags = random.Percent(50) ? random.Byte() : (isAnimated ? 2 : 0) | random.Pick(0, 0x10, 0x20, 0x08);
        (int width, int height) = random.Percent(85)
            ? (size.Width - 1, size.Height - 1)
            : random.Percent(80) ? (random.Side(), random.Side()) : ((int)random.Extreme(), (int)random.Extreme());
        return Chunk(random, "VP8X",
            new ByteList().Int(flags).Short(width).Add((byte)(width >> 16)).Short(height).Add((byte)(height >> 16)).ToArray());
    }

    private static byte[] Alpha(FuzzRandom random, (int Width, int Height) size)
    {
        if (random.Percent(50))
        {
            return Chunk(
                random, "ALPH",
                [(byte)(random.Below(4) << 2 | (random.Below(2) << 4)),
                    .. random.Bytes(Math.Max(0, (size.Width * size.Height) - (random.Percent(85) ? 0 : random.Below(20))))]);
        }

        // Compressed alpha is a lossless image without its header of 5 bytes.
        byte[] lossless = Find(EncodedImages.LosslessWebp(random), "VP8L").Content;
        return Chunk(
            random, "ALPH",
            [(byte)(1 | (random.Below(4) << 2) | (random.Below(4) << 4)), .. random.Percent(50)
                ? lossless[5..]
                : random.Bytes(random.Below(200))]);
    }

    private static byte[] AnimationFrame(FuzzRandom random)
    {
        byte[] image = Image(random, out (int Width, int Height) size);
        (int width, int height) = random.Percent(90) ? (size.Width - 1, size.Height - 1) : (random.Side(), random.Side());
        var frame = new ByteList().Add(random.Pick<byte>(0, 0, 1, 255), 0, 0, random.Pick<byte>(0, 0, 1, 255), 0, 0)
            .Short(width).Add(0).Short(height).Add(0).Add(random.Bytes(3)).Add((byte)random.Below(4));
        if (random.Percent(30)) frame.Add(Alpha(random, size));
        return Chunk(random, "ANMF", frame.Add(image).ToArray());
    }

    private static byte[] Chunk(FuzzRandom random, string type, byte[] content) => new ByteList().Text(type)
        .Int(random.Percent(98)
            ? (uint)content.Length
            : random.Percent(50) ? random.Extreme() : (uint)(content.Length + random.Between(-9, 9)))
        .Add(content).Add((content.Length & 1) == 1 && random.Percent(99) ? [0] : []).ToArray();
}
