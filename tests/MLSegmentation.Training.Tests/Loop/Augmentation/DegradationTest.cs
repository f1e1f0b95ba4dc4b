namespace MLSegmentation.Training.Tests;

/// <summary>What changes values and moves nothing.</summary>
[TestClass]
public sealed class DegradationTest
{
    private const int Width = 37, Height = 23;

    [TestMethod]
    public void Gamma_OfTwo_SquaresPartsOfTheRange()
    {
        byte[] values = [0, 64, 128, 255];

        GammaCurve.Apply(values, 2);

        CollectionAssert.AreEqual(new byte[] { 0, 16, 64, 255 }, values);
    }

    [TestMethod]
    [DataRow(1, 0.3)]
    [DataRow(3, 0.8)]
    [DataRow(3, 4.0)]
    public void Blur_OfRandomValues_IsTheGaussianMeanOfNeighbours(int channels, double deviation)
    {
        byte[] image = Random(channels);
        byte[] blurred = [.. image];

        GaussianBlur.Apply(blurred, Width, channels, deviation);

        double[] expected = Scalar(image, channels, deviation);
        for (int i = 0; i < image.Length; i++) Assert.AreEqual(expected[i], blurred[i], 2.5, $"value {i}");
        Assert.AreEqual(expected.Average(), blurred.Average(value => value), 0.3);
    }

    [TestMethod]
    public void Blur_OfAPlainArea_LeavesItAsItIs()
    {
        byte[] plain = [.. Enumerable.Repeat((byte)201, 3 * Width * Height)];
        byte[] blurred = [.. plain];
        foreach (double deviation in new[] { 0, 0.1, 0.7, 3, 10 })
        {
            GaussianBlur.Apply(blurred, Width, 3, deviation);
            CollectionAssert.AreEqual(plain, blurred);
        }
    }

    [TestMethod]
    public void Noise_OfGray_HasTheDeviationAndKeepsTheMean()
    {
        var image = new byte[3 * 200 * 150 + 7];
        Array.Fill(image, (byte)120);

        GaussianNoise.Apply(image, 12, new Random(1));

        double mean = image.Average(value => value);
        double deviation = Math.Sqrt(image.Average(value => (value - mean) * (value - mean)));
        Assert.AreEqual(120, mean, 0.3);
        Assert.AreEqual(12, deviation, 0.3);
        // Neighbours know nothing of each other.
        double shared = Enumerable.Range(0, image.Length - 1).Average(i => (image[i] - mean) * (image[i + 1] - mean));
        Assert.AreEqual(0, shared / (deviation * deviation), 0.03);
        Assert.AreEqual(0.023, image.Count(value => value > 144.5) / (double)image.Length, 0.004);
    }

    [TestMethod]
    public void Noise_AtTheEndsOfTheRange_DoesNotWrapAround()
    {
        byte[] black = new byte[1000], white = [.. Enumerable.Repeat((byte)255, 1000)];

        GaussianNoise.Apply(black, 20, new Random(1));
        GaussianNoise.Apply(white, 20, new Random(1));

        Assert.IsTrue(black.All(value => value < 100) && white.All(value => value > 155));
        Assert.AreEqual(0.5, black.Count(value => value == 0) / 1000.0, 0.06);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Jpeg_OfLowerQuality_LosesMore(int channels)
    {
        byte[] image = [.. Random(channels).Select((value, i) => (byte)(value / 8 + 3 * (i / channels % Width)))];
        var errors = new List<double>();
        foreach (int quality in new[] { 100, 60, 10 })
        {
            byte[] encoded = [.. image];
            JpegArtefacts.Apply(encoded, Width, channels, quality);
            errors.Add(Enumerable.Range(0, image.Length).Average(i => Math.Abs(image[i] - encoded[i])));
            Assert.AreEqual(image.Average(value => value), encoded.Average(value => value), 1.5);
        }
        // Of colour, a quarter of the places is kept at any quality.
        Assert.IsLessThan(channels == 1 ? 1 : 9, errors[0]);
        Assert.IsTrue(errors[0] < errors[1] && errors[1] < errors[2], string.Join(", ", errors));
    }

    [TestMethod]
    public void Cutout_AnyPlace_FillsASquareAndIgnoresItsLabels()
    {
        var areas = new List<int>();
        for (int seed = 0; seed < 300; seed++)
        {
            byte[] image = Random(3), labels = [.. Enumerable.Repeat((byte)7, Width * Height)];
            byte[] before = [.. image];

            Cutout.Apply(image, labels, Width, Height, 0.5, 99, new Random(seed));

            int[] hidden = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == TrainingSample.Ignored)];
            for (int i = 0; i < image.Length; i++)
                Assert.AreEqual(labels[i / 3] == TrainingSample.Ignored ? 99 : before[i], image[i]);
            int columns = hidden.Max(i => i % Width) - hidden.Min(i => i % Width) + 1,
                rows = hidden.Max(i => i / Width) - hidden.Min(i => i / Width) + 1;
            Assert.AreEqual(columns * rows, hidden.Length);
            Assert.IsTrue(columns <= 12 && rows <= 12);
            areas.Add(hidden.Length);
        }
        Assert.AreEqual(144, areas.Max());
        Assert.IsLessThan(60, areas.Min());
    }

    [TestMethod]
    public void Cutout_WithoutLabels_FillsTheImage()
    {
        byte[] image = new byte[3 * Width * Height];

        Cutout.Apply(image, [], Width, Height, 1, 5, new Random(1));

        Assert.IsGreaterThan(300, image.Count(value => value == 5));
    }

    private static byte[] Random(int channels)
    {
        var image = new byte[channels * Width * Height];
        new Random(5).NextBytes(image);
        return image;
    }

    private static double[] Scalar(byte[] image, int channels, double deviation)
    {
        double[] values = [.. image.Select(value => (double)value)];
        foreach (bool isAcross in new[] { true, false })
        {
            double[] source = values;
            values = [.. Enumerable.Range(0, image.Length).Select(i =>
            {
                int channel = i % channels, x = i / channels % Width, y = i / channels / Width;
                double sum = 0, weights = 0;
                for (int k = -40; k <= 40; k++)
                {
                    double weight = Math.Exp(-k * k / (2 * deviation * deviation));
                    var (column, row) = isAcross ? (Mirror.Index(x + k, Width), y) : (x, Mirror.Index(y + k, Height));
                    sum += weight * source[(row * Width + column) * channels + channel];
                    weights += weight;
                }
                return sum / weights;
            })];
        }
        return values;
    }
}
