using Microsoft.ML.Data;

namespace MLSegmentation.Training.Tests;

/// <summary>A model of one channel is a foreground after it was adopted too: each threshold means what it meant before.</summary>
[TestClass]
public sealed class AdoptedForegroundTest
{
    private const uint Background = 1, Foreground = 2;

    // Scaled alone, so that graph and options prepare the same floats, to the bit.
    private static readonly ImagePreparation _preparation = ImagePreparation.ZeroToOne;

    private static readonly float[] _thresholds = [0, 0.3f, 0.5f, 0.7f, 1];

    private static readonly ForeignForm _form = new() { Scores = 1 };

    public static IEnumerable<object[]> Forms() =>
        from kind in new[] { ScoreKind.Logits, ScoreKind.Probabilities, ScoreKind.IndependentLogits }
        from isCoarser in new[] { false, true }
        from operatorSet in new[] { 11, 17 }
        select new object[] { kind, isCoarser, operatorSet };

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Segment_AnyThreshold_IsTheMaskOfTheOptions(ScoreKind kind, bool isCoarser, int operatorSet)
    {
        ForeignForm form = _form with { Kind = kind, IsCoarser = isCoarser, OperatorSet = operatorSet };
        SegmentationModelOptions foreign = form.Options(_preparation);
        byte[] model = form.Build(), adopted = SegmentationAdopter.Adopt(model, foreign);
        foreach (var way in Ways())
        {
            foreach (float threshold in _thresholds)
            {
                uint[] expected = Segment(model, way(foreign with { Threshold = threshold }), out float[] before),
                    actual = Segment(adopted, way(new() { Threshold = threshold }), out float[] after);

                CollectionAssert.AreEqual(expected, actual, $"at {threshold}");
                Assert.DoesNotContain(0u, actual);
                for (int i = 0; i < before.Length; i++) Assert.AreEqual(before[i], after[i], 1e-5f);
            }
        }
    }

    [TestMethod]
    [DataRow(ScoreKind.Logits)]
    [DataRow(ScoreKind.Probabilities)]
    public void Adopt_WithAThreshold_IsTheDefaultOfTheModelAndItsMask(ScoreKind kind)
    {
        ForeignForm form = _form with { Kind = kind };
        byte[] model = form.Build();
        var masks = new List<uint[]>();
        foreach (float threshold in _thresholds)
        {
            SegmentationModelOptions options = form.Options(_preparation) with { Threshold = threshold };

            byte[] adopted = SegmentationAdopter.Adopt(model, options);

            Assert.AreEqual(threshold, OnnxModelInfo.FromBytes(adopted).Metadata.ForegroundThreshold);
            masks.Add(Segment(model, options, out _));
            CollectionAssert.AreEqual(masks[^1], Segment(adopted, new(), out _), $"the graph's at {threshold}");
            CollectionAssert.AreEqual(
                masks[^1], Segment(adopted, new() { WithConfidence = true }, out _), $"its scores' at {threshold}");
            CollectionAssert.AreEqual(masks[0], Segment(adopted, new() { Threshold = 0 }, out _), $"0 instead of {threshold}");
        }
        Assert.IsTrue(masks[0].All(key => key == Foreground));
        Assert.IsTrue(masks[^1].All(key => key == Background));
        int[] sizes = [.. masks.Select(mask => mask.Count(key => key == Foreground))];
        CollectionAssert.AreEqual(sizes.OrderDescending().Distinct().ToArray(), sizes);
    }

    [TestMethod]
    public void Adopt_AdoptedForeground_ChangesNothing()
    {
        byte[] adopted = SegmentationAdopter.Adopt(_form.Build(), _form.Options(_preparation) with { Threshold = 0.3f });

        CollectionAssert.AreEqual(adopted, SegmentationAdopter.Adopt(adopted));
        CollectionAssert.AreEqual(adopted, SegmentationAdopter.Adopt(adopted, new() { Threshold = 0.3f }));
        string message = Assert.ThrowsExactly<ArgumentException>(
            () => SegmentationAdopter.Adopt(adopted, new() { Threshold = 0.7f })).Message;
        StringAssert.Contains(message, "The Threshold is 0.7, but the model was adopted with 0.3.");
    }

    [TestMethod]
    public void Adopt_SeveralClasses_StateNoForeground() => Assert.IsNull(
        OnnxModelInfo.FromBytes(SegmentationAdopter.Adopt(
            new ForeignForm { Scores = 2 }.Build(), new ForeignForm().Options(_preparation))).Metadata.ForegroundThreshold);

    private static Func<SegmentationModelOptions, SegmentationModelOptions>[] Ways() =>
    [
        options => options,
        options => options with { WithConfidence = true },
        options => options with { Sizing = ImageSizing.Tiled, ImageWidth = 24, ImageHeight = 16, WithConfidence = true },
        options => options with { TestTimeAugmentation = new() { Scales = [0.5, 1], HorizontalFlip = true } },
        options => options with { Sizing = ImageSizing.Letterbox, ImageWidth = 32, ImageHeight = 32, WithConfidence = true },
        options => options with { Sizing = ImageSizing.Stretch, ImageWidth = 96, ImageHeight = 64, MaskSize = MaskSize.Network },
    ];

    private static uint[] Segment(byte[] model, SegmentationModelOptions options, out float[] confidence)
    {
        var random = new Random(3);
        var pixels = new byte[4 * 50 * 40];
        for (int i = 0; i < pixels.Length; i++)
        {
            double wave = Math.Sin((i % 4) + (i / 4 % 50 / 7.0)) * Math.Cos(i / 200 / 5.0);
            pixels[i] = (byte)(127 + (80 * wave) + random.Next(-40, 40));
        }
        using MLImage image = MLImage.CreateFromPixels(50, 40, MLPixelFormat.Rgba32, pixels);
        using var segmentation = SegmentationModel.Load(model, options with { Threads = 1 });
        SegmentationResult result = segmentation.Segment(image);
        confidence = result.Confidence.ToArray();
        return result.Mask.ToArray();
    }
}
