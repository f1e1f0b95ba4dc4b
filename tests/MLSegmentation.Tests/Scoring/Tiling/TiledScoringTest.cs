namespace MLSegmentation.Tests;

[TestClass]
public sealed class TiledScoringTest
{
    public static IEnumerable<object[]> Cases =>
        from size in new[] { (1, 1), (5, 40), (64, 48), (33, 17), (100, 71), (16, 16) }
        from tile in new[] { (16, 16), (24, 8), (7, 33) }
        from overlap in new[] { 0, 0.25, 0.5 }
        select new object[] { size.Item1, size.Item2, tile.Item1, tile.Item2, overlap };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Run_NetworkThatSeesOnePixel_GivesEachPixelItsOwnClass(
        int width, int height, int tileWidth, int tileHeight, double overlap)
    {
        var network = new FakeNetwork(5, (pixel, _, index) => ClassOf(pixel) == index ? 1 : 0);

        (uint[] mask, float[] confidence) = Run(network, width, height, tileWidth, tileHeight, overlap);

        for (int i = 0; i < mask.Length; i++)
        {
            Rgb colour = DrawnRows.Noise(i % width, i / width);
            Assert.AreEqual((uint)ClassOf((colour.R, colour.G, colour.B)) + 1, mask[i], $"x {i % width}, y {i / width}");
            Assert.AreEqual(1, confidence[i], 1e-6);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Run_ConstantNetwork_LeavesNoSeams(int width, int height, int tileWidth, int tileHeight, double overlap)
    {
        var network = new FakeNetwork(3, (_, _, index) => new[] { 0.2f, 0.7f, 0.1f }[index]);

        (uint[] mask, float[] confidence) = Run(network, width, height, tileWidth, tileHeight, overlap);

        foreach (uint key in mask) Assert.AreEqual(2u, key);
        foreach (float value in confidence) Assert.AreEqual(0.7, value, 1e-6);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Run_NetworkThatKnowsItsPlace_EqualsBlendingAllAtOnce(
        int width, int height, int tileWidth, int tileHeight, double overlap)
    {
        static float Probability((float R, float G, float B) pixel, (int X, int Y) place, int index) =>
            ((pixel.R + (3 * place.X) + (5 * place.Y * (index + 1)) + (17 * index)) % 256) / 512;
        var network = new FakeNetwork(2, Probability);
        var sums = new double[2][];
        for (int index = 0; index < 2; index++)
        {
            sums[index] = BlendNaively(
                width, height, tileWidth, tileHeight, overlap, (pixel, place) => Probability(pixel, place, index));
        }

        (uint[] mask, float[] confidence) = Run(network, width, height, tileWidth, tileHeight, overlap);

        for (int i = 0; i < mask.Length; i++)
        {
            Assert.AreEqual(Math.Max(sums[0][i], sums[1][i]), confidence[i], 1e-5, $"x {i % width}, y {i / width}");
            if (Math.Abs(sums[0][i] - sums[1][i]) > 1e-5) Assert.AreEqual(sums[1][i] > sums[0][i] ? 2u : 1u, mask[i]);
        }
    }

    [TestMethod]
    public void Run_OneTile_IsExactlyTheNetworksAnswer()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 3 * 20 * 30).Select(_ => random.NextSingle())];
        var network = new FakeNetwork(3, (_, place, index) => values[(((index * 20) + place.Y) * 30) + place.X]);

        (uint[] mask, float[] confidence) = Run(network, 30, 20, 30, 20, 0.5);

        Assert.HasCount(1, network.Tiles);
        for (int i = 0; i < mask.Length; i++)
        {
            float[] scores = [values[i], values[i + 600], values[i + 1200]];
            Assert.AreEqual((uint)Array.IndexOf(scores, scores.Max()) + 1, mask[i]);
            Assert.AreEqual(scores.Max(), confidence[i]);
        }
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(1)]
    public void Run_ImageSmallerThanATile_IsPaddedAsElsewhere(int channels)
    {
        var network = new FakeNetwork(2, (_, _, _) => 0.5f, channels);
        using var image = ReadAsImage(9, 5);
        ImageGeometry geometry = ImageGeometry.For(9, 5, ImageSizing.Native, 32, 32);
        var expected = new float[channels * 32 * 32];
        ImageTensor.Fill(image, geometry, PixelScaling.AsIs(channels), expected);

        Run(network, 9, 5, 32, 32, 0.25);

        CollectionAssert.AreEqual(expected, network.Tiles.Single());
    }

    [TestMethod]
    public void Run_PixelWithoutNumber_HasNoClass()
    {
        var network = new FakeNetwork(2, (_, place, _) => place == (2, 1) ? float.NaN : 0.5f);

        (uint[] mask, float[] confidence) = Run(network, 4, 3, 4, 3, 0);

        Assert.AreEqual((0u, 0f), (mask[6], confidence[6]));
        Assert.AreEqual(1, mask.Count(key => key == 0));
    }

    [TestMethod]
    public void Run_ImageOfManyRows_TakesTheMemoryOfOneRowOfTiles()
    {
        const int Width = 500, Tile = 64, Classes = 8;
        long Allocated(int height)
        {
            var network = new FlatNetwork(Classes);
            using var image = new DrawnRows(Width, height, (_, _) => default);
            long before = GC.GetAllocatedBytesForCurrentThread();
            new TiledScoring(network).Run(image, Tile, Tile, 0.25, (_, _, _) => { });
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Allocated(Tile);
        long band = sizeof(float) * ProbabilityBand.LengthOf(Width, Tile, Classes);

        long low = Allocated(2 * Tile), high = Allocated(100 * Tile);

        Assert.IsGreaterThan(band, low);
        Assert.IsLessThan(2 * band, low);

        // The image is 50 times as high. What is added are the weights of each row of tiles, and buffers that are freed after
        // each tile.
        Assert.IsLessThan(2 * band, high - low);
    }

    [TestMethod]
    public void LengthOf_LargeImage_IsAsWorkedOut() => Assert.AreEqual(215_040_000, ProbabilityBand.LengthOf(20_000, 512, 21));

    [TestMethod]
    public void Run_BandLargerThanAnArray_SaysWhatToDo()
    {
        using var image = new DrawnRows(1_000_000, 10_000, (_, _) => default);

        var error = Assert.ThrowsExactly<ArgumentException>(
            () => new TiledScoring(new FlatNetwork(21)).Run(image, 512, 512, 0.25, (_, _, _) => { }));

        StringAssert.Contains(error.Message, "1000000 × 512 × 21");
    }

    [TestMethod]
    public void Run_ImageReadBefore_IsAnError()
    {
        using var image = new DrawnRows(2, 2, DrawnRows.Noise);
        image.Read(new byte[6]);

        Assert.ThrowsExactly<ArgumentException>(() => new TiledScoring(new FlatNetwork(2)).Run(image, 2, 2, 0, (_, _, _) => { }));
    }

    [TestMethod]
    public void Run_SeveralTilesAtOnce_IsTheSameAsOneByOne()
    {
        static float Probability((float R, float G, float B) pixel, (int X, int Y) place, int index) =>
            ((pixel.R * (index + 1)) + (pixel.G * place.X) + (pixel.B * place.Y)) % 97 / 97;
        var (single, several) = (new FakeNetwork(5, Probability), new FakeNetwork(5, Probability, atOnce: 3));

        var expected = Run(single, 53, 31, 16, 12, 0.25);
        var actual = Run(several, 53, 31, 16, 12, 0.25);

        CollectionAssert.AreEqual(expected.Mask, actual.Mask);
        CollectionAssert.AreEqual(expected.Confidence, actual.Confidence);
        CollectionAssert.AreEqual(
            new[] { 3, 2, 3, 2, 3, 2, 3, 2 }, several.Counts, "tiles start at 0, 12, 24, 36, 37 across and at 0, 9, 18, 19 down");
    }

    private static (uint[] Mask, float[] Confidence) Run(
        ITileScorer network, int width, int height, int tileWidth, int tileHeight, double overlap)
    {
        List<uint> keys = [];
        List<float> values = [];
        int rows = 0;
        using var image = new DrawnRows(width, height, DrawnRows.Noise);
        new TiledScoring(network).Run(image, tileWidth, tileHeight, overlap, (y, mask, confidence) =>
        {
            Assert.AreEqual(rows++, y);
            keys.AddRange(mask);
            values.AddRange(confidence);
        });
        Assert.HasCount(width * height, keys);
        return ([.. keys], [.. values]);
    }

    /// <summary>The same with Gaussians over the whole image, divided by their sum at the end.</summary>
    private static double[] BlendNaively(
        int width, int height, int tileWidth, int tileHeight, double overlap,
        Func<(float R, float G, float B), (int X, int Y), float> probability)
    {
        var (sums, weights) = (new double[width * height], new double[width * height]);
        foreach (int top in Starts(height, tileHeight, overlap))
        {
            foreach (int left in Starts(width, tileWidth, overlap))
            {
                for (int y = 0; y < Math.Min(tileHeight, height); y++)
                {
                    for (int x = 0; x < Math.Min(tileWidth, width); x++)
                    {
                        Rgb colour = DrawnRows.Noise(left + x, top + y);
                        double weight = Gaussian(x, tileWidth) * Gaussian(y, tileHeight);
                        int at = ((top + y) * width) + left + x;
                        sums[at] += weight * probability((colour.R, colour.G, colour.B), (x, y));
                        weights[at] += weight;
                    }
                }
            }
        }
        return [.. sums.Zip(weights, (sum, weight) => sum / weight)];
    }

    private static double Gaussian(int i, int tile) => Math.Exp(-Math.Pow((i - ((tile - 1) / 2.0)) / (tile / 8.0), 2) / 2);

    private static List<int> Starts(int size, int tile, double overlap)
    {
        List<int> starts = [0];
        while (starts[^1] + tile < size) starts.Add(Math.Min(starts[^1] + tile - (int)Math.Round(tile * overlap), size - tile));
        return starts;
    }

    private static int ClassOf((float R, float G, float B) pixel) => (int)(pixel.R + pixel.G + pixel.B) % 5;

    private static Microsoft.ML.Data.MLImage ReadAsImage(int width, int height)
    {
        using var rows = new DrawnRows(width, height, DrawnRows.Noise);
        var rgb = new byte[3 * width * height];
        rows.Read(rgb);
        return TestImages.Image(width, height, rgb);
    }

    private sealed class FlatNetwork(int classes) : ITileScorer
    {
        public PixelScaling Scaling => PixelScaling.AsIs(1);

        public ScoreMeaning Meaning => ScoreMeaning.Probabilities(classes);

        public int TilesAtOnce(int height, int width) => 1;

        public void Score(float[] tiles, int count, int height, int width, float[] probabilities) =>
            Array.Fill(probabilities, 1f / classes);
    }
}
