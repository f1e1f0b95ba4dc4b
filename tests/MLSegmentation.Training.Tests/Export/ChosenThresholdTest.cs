using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>A model of two classes with a threshold and a smallest region in its metadata: every scorer goes by them.</summary>
[TestClass]
public sealed class ChosenThresholdTest
{
    private const int Width = 12, Height = 9;
    private const float Threshold = 0.3f;

    [TestMethod]
    public void Export_Threshold_IsInTheGraphsMask()
    {
        using var scope = NewDisposeScope();
        byte[] gray = Gray(1);
        using var session = new InferenceSession(Model(Threshold));
        Tensor image = tensor(gray.Select(value => (float)value).ToArray(), [1, 1, Height, Width]).expand(1, 3, Height, Width);

        var outputs = OnnxRun.All(session, image.contiguous());

        CollectionAssert.AreEqual(
            Keys(gray, Threshold).Select(key => (byte)(key - 1)).ToArray(), outputs["mask"].data<byte>().ToArray());
        for (int i = 0; i < gray.Length; i++)
            Assert.AreEqual(Probability(gray[i]), outputs["probabilities"][0, 1].flatten()[i].item<float>(), 1e-5);
    }

    [TestMethod]
    [DataRow(ImageSizing.Native, false)]
    [DataRow(ImageSizing.Letterbox, false)]
    [DataRow(ImageSizing.Tiled, false)]
    [DataRow(ImageSizing.Native, true)]
    public void Segment_EachSizing_GoesByTheThreshold(ImageSizing sizing, bool isMirrored)
    {
        byte[] gray = Gray(2);
        var options = new SegmentationModelOptions
        {
            Sizing = sizing,
            ImageWidth = sizing == ImageSizing.Native ? null : Width,
            ImageHeight = sizing == ImageSizing.Native ? null : Height,
            TestTimeAugmentation = isMirrored ? new TestTimeAugmentationOptions() : null,
        };

        CollectionAssert.AreEqual(Keys(gray, Threshold), Segment(Model(Threshold), gray, options).ToArray());
        CollectionAssert.AreEqual(
            Keys(gray, 0.5f), Segment(Model(Threshold), gray, options with { Threshold = 0.5f }).ToArray(), "given");
        CollectionAssert.AreEqual(Keys(gray, 0.5f), Segment(Model(null), gray, options).ToArray(), "none chosen");
    }

    [TestMethod]
    public void Segment_WithConfidence_IsTheProbabilityOfTheKey()
    {
        byte[] gray = Gray(3);
        using var model = SegmentationModel.Load(Model(Threshold), new() { WithConfidence = true });
        using MLImage image = Image(gray);

        SegmentationResult result = model.Segment(image);

        for (int i = 0; i < gray.Length; i++)
        {
            float object_ = Probability(gray[i]);
            Assert.AreEqual(result.Mask.Span[i] == 2 ? object_ : 1 - object_, result.Confidence.Span[i], 1e-5);
        }
    }

    [TestMethod]
    [DataRow(null, 5, DisplayName = "as the model says")]
    [DataRow(0, 0, DisplayName = "none")]
    [DataRow(3, 3, DisplayName = "another")]
    public void Segment_SmallestRegion_BecomesTheFirstClass(int? given, int least)
    {
        byte[] gray = Gray(4);
        uint[] expected = Keys(gray, 0.5f);
        MaskPostprocessing.Apply(
            expected, Width, Height, new PostprocessMaskOptions { Background = 0, MinRegionPixels = least });
        byte[] model = Model(null, minRegion: 5);

        foreach (ImageSizing sizing in (ImageSizing[])[ImageSizing.Native, ImageSizing.Tiled])
        {
            var options = new SegmentationModelOptions { Sizing = sizing, MinRegionPixels = given };
            if (sizing == ImageSizing.Tiled) options = options with { ImageWidth = 8, ImageHeight = 8 };
            CollectionAssert.AreEqual(expected, Segment(model, gray, options).ToArray(), $"{sizing}");
        }
    }

    /// <summary>Twice the network's size: four times the pixels.</summary>
    [TestMethod]
    public void Segment_LargerImage_ScalesTheSmallestRegion()
    {
        // A square of 4 by 4 pixels, 2 by 2 at the network's size, beside one of 6 by 6, 3 by 3 there.
        byte[] gray = [.. Enumerable.Range(0, Width * Height).Select(i => (i % Width, i / Width))
            .Select(at => at is ( < 4, < 4) or ( >= 6, < 6) ? (byte)250 : (byte)0)];
        var options = new SegmentationModelOptions
        {
            Sizing = ImageSizing.Stretch,
            ImageWidth = Width / 2,
            ImageHeight = Height / 2 + 1,
        };

        ReadOnlySpan<uint> mask = Segment(Model(null, minRegion: 5), gray, options).Span;

        Assert.AreEqual(1u, mask[0]);
        Assert.AreEqual(2u, mask[7]);
    }

    [TestMethod]
    public void Load_ZipOfSuchAModel_GoesByBoth()
    {
        byte[] gray = Gray(5);
        uint[] expected = Keys(gray, Threshold);
        MaskPostprocessing.Apply(expected, Width, Height, new PostprocessMaskOptions { Background = 0, MinRegionPixels = 4 });
        var context = new MLContext(1);
        using MLImage image = Image(gray);
        IDataView rows = context.Data.LoadFromEnumerable(new[] { new Row { Image = image } });
        using var zip = new MemoryStream();
        using (var model = context.Transforms.SegmentImage("Mask", "Image", Model(Threshold, minRegion: 4)).Fit(rows))
            context.Model.Save(model, rows.Schema, zip);
        zip.Position = 0;

        ITransformer loaded = context.Model.Load(zip, out _);

        var mask = loaded.Transform(rows).GetColumn<VBuffer<uint>>("Mask").Single();
        CollectionAssert.AreEqual(expected, mask.DenseValues().ToArray());
    }

    [TestMethod]
    public void Export_ThresholdForThreeClasses_SaysThatItNeedsTwo()
    {
        using TorchNetwork network = Network(3);

        var error = Assert.ThrowsExactly<ArgumentException>(() => SegmentationExporter.Export(
            network, new ImageModelMetadata { ClassNames = ["a", "b", "c"], ForegroundThreshold = 0.5f }));

        StringAssert.Contains(error.Message, "has 3 classes, expected 2");
    }

    [TestMethod]
    public void MinRegionPixels_Negative_IsRefused() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(
        () => SegmentationModel.Load(Model(null), new() { MinRegionPixels = -1 }));

    private static ReadOnlyMemory<uint> Segment(byte[] model, byte[] gray, SegmentationModelOptions options)
    {
        using var segmentation = SegmentationModel.Load(model, options);
        using MLImage image = Image(gray);
        return segmentation.Segment(image).Mask;
    }

    private static byte[] Model(float? threshold, int minRegion = 0)
    {
        using TorchNetwork network = Network(2);
        return SegmentationExporter.Export(network, new ImageModelMetadata
        {
            ClassNames = ["background", "object"],
            ForegroundThreshold = threshold,
            MinRegionPixels = minRegion,
            Sizing = ImageSizing.Native,
        });
    }

    /// <summary>The logits (1, 1 + gray / 32 - 4).</summary>
    private static TorchNetwork Network(int classes)
    {
        using var scope = NewDisposeScope();
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        var score = new Conv2D(classes, 1);
        var network = new TorchNetwork(new LayerGraph("bright", [image], [score.Apply(image)]));
        using var noGradients = no_grad();
        network.WeightsOf(score)[0].zero_();
        network.WeightsOf(score)[0][1] = 1f / 96;
        network.WeightsOf(score)[1].fill_(1);
        network.WeightsOf(score)[1][1] = -3;
        return network;
    }

    private static float Probability(byte gray) => (float)(1 / (1 + Math.Exp(4 - gray / 32.0)));

    private static uint[] Keys(byte[] gray, float threshold) =>
        [.. gray.Select(value => Probability(value) >= threshold ? 2u : 1u)];

    // Odd ones: a gray of 128 is a tie.
    private static byte[] Gray(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Width * Height).Select(_ => (byte)(random.Next(60, 190) | 1))];
    }

    private static MLImage Image(byte[] gray) => MLImage.CreateFromPixels(
        Width, Height, MLPixelFormat.Bgra32, gray.SelectMany(value => new byte[] { value, value, value, 255 }).ToArray());

    private sealed class Row
    {
        public string Name { get; set; } = "";

        [AnySizeImage]
        public MLImage Image { get; set; } = null!;
    }
}
