namespace Fuzzing.Images;

/// <summary>EXIF data: a small TIFF directory with an orientation, right or wrong.</summary>
internal static class ExifGenerator
{
    public static byte[] Make(FuzzRandom random)
    {
        bool isBig = random.Percent(50);
        var exif = new ByteList(isBig).Text(isBig ? "MM" : "II").Short(42).Int(8);
        int others = random.Below(3);
        exif.Short(others + 1);
        for (int i = 0; i < others; i++)
        {
            exif.Short(0x100 + i)
                .Short(random.Between(0, 13)).Int(random.Percent(80) ? 1 : random.Extreme()).Int(random.Extreme());
        }
        exif.Short(0x112).Short(3).Int(1).Short(random.Percent(85) ? random.Between(1, 8) : random.Between(0, 300))
            .Short(0).Int(random.Percent(90) ? 0 : random.Extreme());
        byte[] bytes = exif.ToArray();
        return random.Percent(20) ? Mutation.Apply(random, bytes) : bytes;
    }
}
