namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class AugmentationOptionsTest
{
    [TestMethod]
    public void OnlyFlips_EveryOption_IsLeftByAllButTheFlip()
    {
        AugmentationOptions none = AugmentationOptions.None;
        AugmentationOptions[] others =
        [
            none with { VerticalFlip = true }, none with { QuarterTurns = true }, none with { Rotation = 1 },
            none with { Elastic = 1 }, none with { MinScale = 0.9 }, none with { MaxScale = 1.1 }, none with { Brightness = 0.1 },
            none with { Contrast = 0.1 }, none with { Saturation = 0.1 }, none with { Hue = 1 }, none with { Gamma = 0.1 },
            none with { Blur = 1 }, none with { Noise = 0.1 }, none with { JpegQuality = 50 }, none with { Cutout = 0.1 },
            none with { CutMix = 0.1 },
        ];

        Assert.IsTrue(none.OnlyFlips);
        Assert.IsTrue((none with { HorizontalFlip = true }).OnlyFlips);
        foreach (AugmentationOptions other in others) Assert.IsFalse(other.OnlyFlips, $"{other}");
        int options = typeof(AugmentationOptions).GetProperties().Count(property => property.CanWrite);
        Assert.AreEqual(options, others.Length + 1, "Every option is tried.");
    }

    [TestMethod]
    public void Validate_BeyondTheRange_SaysWhatIsExpected()
    {
        AugmentationOptions none = AugmentationOptions.None;
        foreach (var (options, name) in new[]
        {
            (none with { Rotation = 181 }, "Rotation"), (none with { Elastic = -1 }, "Elastic"),
            (none with { Gamma = -1 }, "Gamma"), (none with { Blur = 11 }, "Blur"), (none with { Noise = double.NaN }, "Noise"),
            (none with { JpegQuality = 0 }, "JpegQuality"), (none with { Cutout = 1.1 }, "Cutout"),
        })
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => options.Validate());
            Assert.AreEqual(name, error.ParamName);
        }
    }

    /// <summary>What an option changes must not change what another one came to.</summary>
    [TestMethod]
    public void Apply_ValuesOnly_LeaveLabelsWhereTheyAre()
    {
        var pixels = new byte[3 * 20 * 20];
        new Random(1).NextBytes(pixels);
        byte[] labels = [.. Enumerable.Range(0, 400).Select(i => (byte)(i % 7))];
        var sample = new TrainingSample(20, 20, pixels, labels);
        var before = new AugmentationOptions();
        var after = before with { Gamma = 0.5, Blur = 2, Noise = 0.1, JpegQuality = 20 };
        for (int seed = 0; seed < 5; seed++)
        {
            var (image, changed) = (new byte[3 * 16 * 16], new byte[3 * 16 * 16]);
            var (expected, actual) = (new byte[16 * 16], new byte[16 * 16]);
            Augmentation.Apply(sample, before, new Random(seed), 16, 16, image, expected);
            Augmentation.Apply(sample, after, new Random(seed), 16, 16, changed, actual);
            CollectionAssert.AreEqual(expected, actual);
            CollectionAssert.AreNotEqual(image, changed);
        }
    }
}
