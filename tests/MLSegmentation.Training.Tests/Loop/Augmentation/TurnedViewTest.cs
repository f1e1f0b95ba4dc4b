namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TurnedViewTest
{
    [TestMethod]
    [DataRow(7, 5, 7, 5)]
    [DataRow(7, 5, 5, 7)]
    [DataRow(40, 30, 11, 17)]
    public void Write_NotTurned_IsTheStraightView(int sourceWidth, int sourceHeight, int width, int height)
    {
        TrainingSample sample = Random(sourceWidth, sourceHeight, channels: 3);
        var options = new AugmentationOptions { Saturation = 0.5, VerticalFlip = true };
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            double scale = random.Between(0.6, 1.4, logarithmic: true);
            AxisPlace columns = AxisPlace.Draw(sourceWidth, width, scale, random, options, random.Next(2) == 1),
                rows = AxisPlace.Draw(sourceHeight, height, scale, random, options, random.Next(2) == 1);
            ColourChange colours = ColourChange.Draw(sample, options, random);
            var (straight, turned) = (new byte[3 * width * height], new byte[3 * width * height]);
            var (straightLabels, turnedLabels) = (new byte[width * height], new byte[width * height]);

            StraightView.WriteImage(sample, columns.Taps(), rows.Taps(), colours, straight);
            StraightView.WriteLabels(sample, columns.Taps(), rows.Taps(), straightLabels);
            new TurnedView(sample, columns, rows, 0, 0, null).Write(colours, turned, turnedLabels);

            CollectionAssert.AreEqual(straightLabels, turnedLabels);
            for (int i = 0; i < straight.Length; i++) Assert.AreEqual(straight[i], turned[i], 1.0, $"seed {seed}, value {i}");
        }
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(1)]
    public void Write_QuarterTurns_MovePixelsAndMixNone(int channels)
    {
        const int Width = 6, Height = 4;
        TrainingSample sample = Random(Width, Height, channels);
        for (int quarters = 1; quarters < 4; quarters++)
        {
            var (width, height) = quarters == 2 ? (Width, Height) : (Height, Width);
            var (image, labels) = (new byte[sample.Pixels.Length], new byte[sample.Labels.Length]);

            View(sample, quarters, degrees: 0).Write(Unchanged(sample), image, labels);

            for (int i = 0; i < labels.Length; i++)
            {
                int x = i % width, y = i / width;
                int source = quarters switch
                {
                    1 => x * Width + Width - 1 - y,
                    2 => (Height - 1 - y) * Width + Width - 1 - x,
                    _ => (Height - 1 - x) * Width + y,
                };
                Assert.AreEqual(sample.Labels[source], labels[i], $"{quarters} quarters, column {x}, row {y}");
                for (int channel = 0; channel < channels; channel++)
                    Assert.AreEqual(sample.Pixels[channels * source + channel], image[channels * i + channel]);
            }
        }
    }

    [TestMethod]
    [DataRow(90)]
    [DataRow(-90)]
    [DataRow(180)]
    public void Write_DegreesOfQuarters_AreQuarterTurns(int degrees)
    {
        TrainingSample sample = Random(16, 16, channels: 3);
        var (image, labels) = (new byte[sample.Pixels.Length], new byte[sample.Labels.Length]);
        var (expected, expectedLabels) = (new byte[sample.Pixels.Length], new byte[sample.Labels.Length]);

        View(sample, 0, degrees).Write(Unchanged(sample), image, labels);

        View(sample, (degrees / 90 + 4) % 4, 0).Write(Unchanged(sample), expected, expectedLabels);
        CollectionAssert.AreEqual(expectedLabels, labels);
        CollectionAssert.AreEqual(expected, image);
    }

    /// <summary>Between pixels, an even slope is the same in any direction.</summary>
    [TestMethod]
    [DataRow(30)]
    [DataRow(-17)]
    public void Write_Slope_HasTheValueOfTheTurnedPlace(int degrees)
    {
        const int Side = 60;
        byte[] pixels = [.. Enumerable.Range(0, Side * Side).Select(i => (byte)(2 * (i % Side) + i / Side))];
        var sample = new TrainingSample(Side, Side, pixels, [.. pixels]);
        var (image, labels) = (new byte[pixels.Length], new byte[pixels.Length]);

        View(sample, 0, degrees).Write(Unchanged(sample), image, labels);

        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        int counted = 0;
        for (int i = 0; i < image.Length; i++)
        {
            double x = i % Side - 29.5, y = i / Side - 29.5;
            double column = 29.5 + cos * x - sin * y, row = 29.5 + sin * x + cos * y;
            if (column is <= -0.5 or >= Side - 0.5 || row is <= -0.5 or >= Side - 0.5)
            {
                Assert.AreEqual(TrainingSample.Ignored, labels[i]);
                continue;
            }
            if (column is < 0 or > Side - 1 || row is < 0 or > Side - 1) continue;
            Assert.AreEqual(2 * column + row, image[i], 0.51);
            Assert.AreEqual(2 * Math.Round(column) + Math.Round(row), labels[i], 1e-9);
            counted++;
        }
        Assert.IsGreaterThan(2500, counted);
    }

    private static TurnedView View(TrainingSample sample, int quarters, double degrees)
    {
        var columns = new AxisPlace(sample.Width, sample.Width, 1, 0, false);
        var rows = new AxisPlace(sample.Height, sample.Height, 1, 0, false);
        return new TurnedView(sample, columns, rows, quarters, degrees, null);
    }

    private static ColourChange Unchanged(TrainingSample sample) =>
        ColourChange.Draw(sample, AugmentationOptions.None, new Random(1));

    private static TrainingSample Random(int width, int height, int channels)
    {
        var (pixels, labels) = (new byte[channels * width * height], new byte[width * height]);
        new Random(1).NextBytes(pixels);
        new Random(2).NextBytes(labels);
        return new TrainingSample(width, height, pixels, labels);
    }
}
