using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>Images of any size reach networks that take multiples alone: padded, and cropped back.</summary>
[TestClass]
public sealed class SizeMultipleTest
{
    private const int Width = 50, Height = 37;

    [TestMethod]
    [DataRow(2)]
    [DataRow(32)]
    [DataRow(64)]
    public void Segment_NetworkOfMultiples_IsTriedAndItsImagesPadded(int multiple)
    {
        byte[] rgba = Pixels(1);
        using var image = MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, rgba);
        foreach (SegmentationModelOptions options in (SegmentationModelOptions[])[
            new(), new() { SizeMultiple = multiple }, new() { Sizing = ImageSizing.Tiled, ImageWidth = 30, ImageHeight = 20 },
            new() { Sizing = ImageSizing.Stretch, ImageWidth = Width, ImageHeight = Height },
            new() { TestTimeAugmentation = new() { HorizontalFlip = true } }])
        {
            using SegmentationModel model = Load(PoolingGraph.Create(multiple), options);

            CollectionAssert.AreEqual(PoolingGraph.MaskOf(rgba), model.Segment(image).Mask.ToArray(), options.ToString());
        }
    }

    [TestMethod]
    public void Segment_NetworkTriedBefore_IsTriedNoMore()
    {
        using SegmentationModel model = Load(PoolingGraph.Create(8), new());
        using var image = MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, Pixels(1));

        Parallel.For(0, 8, _ => model.Segment(image));

        Assert.AreEqual(8, model.Runs);
    }

    [TestMethod]
    public void Segment_SizeThatNoMultipleHelps_IsAnErrorThatNamesTheOption()
    {
        using SegmentationModel model = Load(PoolingGraph.Create(8), new() { SizeMultiple = 1 });
        using var image = MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, Pixels(1));

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => model.Segment(image)).Message;

        StringAssert.Contains(message, $"{Width}×{Height} pixels");
        StringAssert.Contains(message, "Set SizeMultiple");
    }

    [TestMethod]
    public void Segment_SizesNamedAsMultiples_ArePaddedWithoutATry()
    {
        byte[] model = PoolingGraph.Create(4, "n", 3, "4*hh", "4*ww"), rgba = Pixels(2);
        using var image = MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, rgba);
        using SegmentationModel network = Load(model, new());

        Assert.AreEqual(4, network.Info.SizeMultiple);
        CollectionAssert.AreEqual(PoolingGraph.MaskOf(rgba), network.Segment(image).Mask.ToArray());
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(8)]
    public void SegmentImage_FromAZip_PadsAsBefore(int? given)
    {
        var context = new MLContext(1);
        byte[] rgba = Pixels(5);
        using var image = MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, rgba);
        IDataView data = context.Data.LoadFromEnumerable((TestImages.Row[])[new() { Image = image }]);
        using SegmentImageTransformer model = context.Transforms.SegmentImage(
            "Mask", "Image", PoolingGraph.Create(8),
            new() { SizeMultiple = given, Preparation = ImagePreparation.AsIs }).Fit(data);
        using var zip = new MemoryStream();
        context.Model.Save(model, data.Schema, zip);
        zip.Position = 0;

        using var loaded = (SegmentImageTransformer)context.Model.Load(zip, out _);

        Assert.AreEqual(given, loaded.Options.SizeMultiple);
        CollectionAssert.AreEqual(PoolingGraph.MaskOf(rgba), loaded.Transform(data).GetColumn<uint[]>("Mask").Single());
    }

    [TestMethod]
    public void Load_MultipleOfAModelOfFixedSize_IsRefused()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(
            () => Load(PoolingGraph.Create(8, 1, 3, 32, 32), new() { SizeMultiple = 8 })).Message;

        foreach (string word in (string[])["SizeMultiple is 8", "x: Single[1,3,32,32]"]) StringAssert.Contains(message, word);
        Load(PoolingGraph.Create(8, 1, 3, 32, "w"), new() { SizeMultiple = 8 }).Dispose();
    }

    [TestMethod]
    public void Load_MultipleThatContradictsTheMetadata_ShowsBoth()
    {
        byte[] model = TestGraphs.BrightestChannel(metadata: TestGraphs.Described() with { SizeMultiple = 16 });

        string message = Assert.ThrowsExactly<ArgumentException>(
            () => SegmentationModel.Load(model, new() { SizeMultiple = 32 })).Message;

        foreach (string word in (string[])["SizeMultiple is 32", "says 16"]) StringAssert.Contains(message, word);
        SegmentationModel.Load(model, new() { SizeMultiple = 16 }).Dispose();
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1025)]
    public void Load_MultipleOutOfRange_NamesTheRange(int multiple) => StringAssert.Contains(
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => Load(PoolingGraph.Create(8), new() { SizeMultiple = multiple })).Message,
        "1 to 1024 for SizeMultiple");

    [TestMethod]
    [DataRow("", DisplayName = "native")]
    [DataRow("Letterbox")]
    [DataRow("Tiled")]
    public void Segment_Case10_IsThresholdedBrightness(string sizing)
    {
        string folder = SharedData.Require("cases", "10-onnx-multiple-of-32");
        SegmentationModelOptions options = sizing switch
        {
            "Letterbox" => new() { Sizing = ImageSizing.Letterbox, ImageWidth = 224, ImageHeight = 160 },
            "Tiled" => new() { Sizing = ImageSizing.Tiled },
            _ => new(),
        };
        using var model = SegmentationModel.Load(
            Path.Combine(folder, "unet32.onnx"), options with { Preparation = ImagePreparation.AsIs });
        using var image = MLImage.CreateFromFile(Path.Combine(folder, "b.png"));

        uint[] mask = model.Segment(Path.Combine(folder, "b.png")).Mask.ToArray(), expected = PoolingGraph.MaskOf(image.Pixels);

        Assert.AreEqual(200 * 150, mask.Length);
        int equal = mask.Zip(expected).Count(pair => pair.First == pair.Second);
        Assert.IsGreaterThanOrEqualTo(sizing == "Letterbox" ? 0.99 * mask.Length : mask.Length, equal);
        Assert.AreEqual(2, expected.Distinct().Count());
    }

    [TestMethod]
    public void FindSizeMultiple_ForeignModels_IsWhatTheirTableSays()
    {
        foreach ((string file, string output, int multiple) in ((string, string, int)[])[
            ("paddleocr-text.onnx", "sigmoid_0.tmp_0", 32), ("torchvision-lraspp.onnx", "out", 1),
            ("multi-label-sigmoid.onnx", "probs", 1), ("float16.onnx", "y", 2)])
        {
            var source = OnnxModelSource.OfFile(SharedData.Require("foreign", file));
            using OnnxSession session = OnnxSession.Open(
                source, source.Info, output, source.Info.Scores, TestGraphs.OneThread, ExecutionDevice.Cpu, "owner");

            Assert.AreEqual(multiple, session.FindSizeMultiple(output), file);
            Assert.AreEqual(0, session.Runs);
        }
    }

    private static SegmentationModel Load(byte[] model, SegmentationModelOptions options) =>
        SegmentationModel.Load(model, options with { Preparation = ImagePreparation.AsIs });

    private static byte[] Pixels(int seed)
    {
        var rgba = new byte[4 * Width * Height];
        new Random(seed).NextBytes(rgba);
        return rgba;
    }
}
