namespace Fuzzing.Images;

/// <summary>How the samples of a TIFF lie.</summary>
internal sealed record TiffShape
{
    private const int MostBlocks = 100;

    public int Width { get; private init; }

    public int Height { get; private init; }

    public int Depth { get; private init; }

    public int Samples { get; private init; }

    public int Colour { get; private init; }

    public int Compression { get; private init; }

    public int Predictor { get; private init; }

    public int Format { get; private init; }

    public bool IsSeparate { get; private init; }

    public bool IsTiled { get; private init; }

    public int BlockWidth { get; private init; }

    public int BlockHeight { get; private init; }

    /// <summary>Strips or tiles, of all planes.</summary>
    public int Blocks => Math.Min(MostBlocks, Parts(Width, BlockWidth) * Parts(Height, BlockHeight) * (IsSeparate ? Samples : 1));

    /// <summary>Bytes of a block that is not compressed.</summary>
    public int BlockBytes => Math.Min(1 << 18, ((BlockWidth * (IsSeparate ? 1 : Samples) * Depth) + 7) / 8 * BlockHeight);

    public static TiffShape Random(FuzzRandom random)
    {
        int colour = random.Percent(95)
            ? random.Pick(0, 1, 1, 2, 2, 2, 3, 5, 6)
            : random.Pick(4, 7, 8, 9, 10, 32803, 32844, 34892, 65535);
        int depth = colour switch
        {
            0 or 1 => random.Pick(1, 2, 4, 8, 8, 16, 32, 64),
            3 => random.Pick(1, 2, 4, 8, 8),
            _ => random.Pick(8, 8, 8, 16, 32),
        };
        if (random.Percent(4)) depth = random.Pick(0, 3, 6, 10, 12, 14, 24, 65535);
        int samples = (colour switch { 0 or 1 or 3 => 1, 5 => 4, _ => 3 }) + (random.Percent(10) ? random.Between(-1, 2) : 0);
        int compression = random.Percent(90)
            ? random.Pick(1, 1, 5, 5, 8, 8, 32773, 32946, 7, depth == 1 ? random.Pick(2, 3, 4, 32771) : 1)
            : random.Pick(0, 2, 3, 4, 6, 9, 10, 32766, 32771, 32809, 32895, 32908, 32909, 32947, 34661, 34676, 34677, 34712,
                34887, 34925, 50000, 50001, 65535);
        bool isTiled = random.Percent(25);
        int width = random.Side(), height = random.Side();
        return new TiffShape
        {
            Width = width,
            Height = height,
            Depth = depth,
            Samples = Math.Max(samples, 0),
            Colour = colour,
            Compression = compression,
            Predictor = compression is 5 or 8 or 32946 && random.Percent(30) ? random.Pick(2, 2, 3, 7) : 1,
            Format = depth >= 16 && random.Percent(50) ? random.Pick(1, 2, 3, 3) : random.Percent(5) ? random.Below(8) : 0,
            IsSeparate = random.Percent(12),
            IsTiled = isTiled,
            BlockWidth = isTiled ? 16 * random.Between(1, 4) : width,
            BlockHeight = isTiled ? 16 * random.Between(1, 4) : random.Pick(height, 1, 2, 8, height + 5),
        };
    }

    private static int Parts(int size, int part) => (size + part - 1) / part;
}
