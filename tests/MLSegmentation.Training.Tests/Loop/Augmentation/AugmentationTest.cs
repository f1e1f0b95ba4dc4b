namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class AugmentationTest
{
    private const int Width = 6, Height = 4;

    [TestMethod]
    public void Apply_None_IsTheSampleItself()
    {
        TrainingSample sample = Sample();

        var (image, labels) = Apply(sample, AugmentationOptions.None, seed: 1, Width, Height);

        CollectionAssert.AreEqual(sample.Labels, labels);
        CollectionAssert.AreEqual(sample.Pixels, image);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Apply_Flip_MirrorsImageAndLabelsTogether(bool isVertical)
    {
        TrainingSample sample = Sample();
        var options = AugmentationOptions.None with { HorizontalFlip = !isVertical, VerticalFlip = isVertical };
        var seen = new HashSet<bool>();
        for (int seed = 0; seed < 20; seed++)
        {
            var (image, labels) = Apply(sample, options, seed, Width, Height);
            bool isFlipped = image[0] == sample.Pixels[3 * (isVertical ? (Height - 1) * Width : Width - 1)];
            seen.Add(isFlipped);
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    int source = isVertical
                        ? (isFlipped ? Height - 1 - y : y) * Width + x
                        : y * Width + (isFlipped ? Width - 1 - x : x);
                    Assert.AreEqual(sample.Labels[source], labels[y * Width + x]);
                    Assert.AreEqual(sample.Pixels[3 * source], image[3 * (y * Width + x)]);
                }
            }
        }
        Assert.HasCount(2, seen);
    }

    [TestMethod]
    public void Apply_SmallerThanTheView_IsInTheMiddleAndTheRestIsIgnored()
    {
        var (_, labels) = Apply(Sample(), AugmentationOptions.None, seed: 1, Width + 2, Height + 2);

        for (int y = 0; y < Height + 2; y++)
        {
            for (int x = 0; x < Width + 2; x++)
            {
                bool isInside = x is >= 1 and <= Width && y is >= 1 and <= Height;
                byte expected = isInside ? Sample().Labels[(y - 1) * Width + x - 1] : TrainingSample.Ignored;
                Assert.AreEqual(expected, labels[y * (Width + 2) + x], $"column {x}, row {y}");
            }
        }
    }

    [TestMethod]
    public void Apply_AnyScaleAndCrop_KeepsImageOnLabels()
    {
        // The label of a pixel is its gray value, constant in blocks, so that image and labels can be compared after any change.
        const int Side = 64;
        byte[] labels = [.. Enumerable.Range(0, Side * Side).Select(i => (byte)(i % Side / 16 + 4 * (i / Side / 16)))];
        var sample = new TrainingSample(Side, Side, [.. labels.Select(label => (byte)(label * 10))], labels);
        var options = new AugmentationOptions { Brightness = 0, Contrast = 0 };
        for (int seed = 0; seed < 50; seed++)
        {
            var image = new byte[48 * 48];
            var view = new byte[48 * 48];
            Augmentation.Apply(sample, options, new Random(seed), 48, 48, image, view);
            int counted = 0, near = 0;
            for (int i = 0; i < view.Length; i++)
            {
                if (view[i] == TrainingSample.Ignored) continue;
                counted++;
                if (image[i] == view[i] * 10) near++;
            }
            // Only pixels that are mixed across the border of two blocks may differ.
            Assert.IsGreaterThan(0.6 * counted, near, $"seed {seed}: {near} of {counted}");
            Assert.IsGreaterThan(400, counted);
        }
    }

    [TestMethod]
    public void Apply_BrightnessAndContrast_KeepLabels()
    {
        TrainingSample sample = Sample();
        var options = AugmentationOptions.None with { Brightness = 0.5, Contrast = 1 };
        var means = new HashSet<double>();
        for (int seed = 0; seed < 10; seed++)
        {
            var (image, labels) = Apply(sample, options, seed, Width, Height);
            CollectionAssert.AreEqual(sample.Labels, labels);
            means.Add(image.Average(value => value));
        }
        Assert.HasCount(10, means);
    }

    /// <summary>All changes at once, of sizes that leave rest pixels and of both numbers of channels.</summary>
    [TestMethod]
    [DataRow(3, 61, 47)]
    [DataRow(3, 5, 3)]
    [DataRow(3, 1, 1)]
    [DataRow(1, 61, 47)]
    public void Apply_AllChanges_IsWhatScalarPassesGiveRounded(int channels, int width, int height)
    {
        const int SourceWidth = 53, SourceHeight = 40;
        var (pixels, labels) = (new byte[channels * SourceWidth * SourceHeight], new byte[SourceWidth * SourceHeight]);
        new Random(1).NextBytes(pixels);
        new Random(2).NextBytes(labels);
        var sample = new TrainingSample(SourceWidth, SourceHeight, pixels, labels);
        var options = new AugmentationOptions { VerticalFlip = true, Saturation = 0.5, Hue = 40 };
        for (int seed = 0; seed < 20; seed++)
        {
            var (image, view) = (new byte[channels * width * height], new byte[width * height]);
            var (expected, expectedView) = (new float[image.Length], new byte[view.Length]);

            Augmentation.Apply(sample, options, new Random(seed), width, height, image, view);

            ScalarAugmentation.Apply(sample, options, new Random(seed), width, height, expected, expectedView);
            CollectionAssert.AreEqual(expectedView, view);
            for (int i = 0; i < image.Length; i++) Assert.AreEqual(expected[i], image[i], 0.501f, $"seed {seed}, value {i}");
        }
    }

    [TestMethod]
    public void Apply_BeyondTheImage_GoesOnAsInAMirror()
    {
        byte[] row = [10, 20, 40];
        var image = new byte[7];
        Augmentation.Apply(
            new TrainingSample(3, 1, row, [0, 1, 2]), AugmentationOptions.None, new Random(1), 7, 1, image, new byte[7]);

        CollectionAssert.AreEqual(new byte[] { 40, 20, 10, 20, 40, 20, 10 }, image);
    }

    [TestMethod]
    public void Apply_SaturationAndHue_ChangeColoursAndLeaveGrayAlone()
    {
        var options = AugmentationOptions.None with { Saturation = 0.5, Hue = 40 };
        byte[] pixels = [150, 100, 80, 90, 90, 90];
        var seen = new HashSet<byte>();
        for (int seed = 0; seed < 10; seed++)
        {
            var image = new byte[6];
            Augmentation.Apply(new TrainingSample(2, 1, pixels, [0, 1]), options, new Random(seed), 2, 1, image, new byte[2]);

            for (int channel = 3; channel < 6; channel++) Assert.AreEqual(90, image[channel]);
            // Luma by the weights of ITU-R BT.709 stays, but for rounding.
            Assert.AreEqual(0.213 * 150 + 0.715 * 100 + 0.072 * 80, 0.213 * image[0] + 0.715 * image[1] + 0.072 * image[2], 0.51);
            seen.Add(image[0]);
        }
        Assert.IsGreaterThan(5, seen.Count);
    }

    private static TrainingSample Sample()
    {
        byte[] labels = [.. Enumerable.Range(0, Width * Height).Select(i => (byte)(i % Width))];
        return new TrainingSample(
            Width, Height,
            [.. Enumerable.Range(0, Width * Height)
                .SelectMany(i => new[] { (byte)(i * 5), (byte)(i + 7), (byte)(200 - i) })], labels);
    }

    private static (byte[] Image, byte[] Labels) Apply(
        TrainingSample sample, AugmentationOptions options, int seed, int width, int height)
    {
        var image = new byte[3 * width * height];
        var labels = new byte[width * height];
        Augmentation.Apply(sample, options, new Random(seed), width, height, image, labels);
        return (image, labels);
    }
}
