using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>ML.NET's own parts with models from elsewhere: the mask of SegmentImage where they can, an error where not.</summary>
[TestClass]
public sealed class ForeignStockPipelineTest
{
    private const int Side = 32;
    private static readonly ImagePreparation _bgr = ImagePreparation.MinusOneToOne with { ColourOrder = ColourOrder.Bgr };
    private readonly MLContext _ml = new(1);
    private readonly TestFolder _folder = new();

    private string Model => _folder.FileNamed("model.onnx");

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    [DataRow(OnnxElementType.Int64, true)]
    [DataRow(OnnxElementType.Int64, false)]
    [DataRow(OnnxElementType.Float, true)]
    [DataRow(OnnxElementType.UInt8, true)]
    public void StockPipeline_Labels_AreTheMaskOfSegmentImage(OnnxElementType type, bool isChannelsLast)
    {
        File.WriteAllBytes(Model, Labels(type, isChannelsLast));
        var options = new SegmentImageOptions
        {
            Preparation = _bgr,
            Scores = ScoreKind.Labels,
            ClassNames = ["bluish", "greenish", "reddish"],
        };

        AssertSame(Model, Side, _folder.ImageFile(3), options);
    }

    [TestMethod]
    public void StockPipeline_BytesAndLabelsOfOthers_AreTheMaskOfSegmentImage() => AssertSame(
        SharedData.Require("foreign", "nhwc-uint8-labels.onnx"), 64, SharedData.Require("foreign", "nhwc-uint8-labels.png"),
        new SegmentImageOptions { Preparation = ImagePreparation.AsIs, Classes = 8 });

    [TestMethod]
    public void StockPipeline_NumbersForEachChannel_NamesThePart() => AssertRefused(
        Labels(OnnxElementType.Int64), new() { Preparation = ImagePreparation.ImageNetRgb, Classes = 3 },
        "ExtractPixels has one offset and one scale for all channels", "imagenet-rgb");

    [TestMethod]
    public void StockPipeline_MoreClassesThanBytes_SaysSo() => AssertRefused(
        Labels(OnnxElementType.UInt8), new() { Preparation = ImagePreparation.AsIs, Classes = 257 },
        "257 classes are more than the 256 numbers");

    [TestMethod]
    public void StockPipeline_ScoresAlone_NamesWhatIsMissing() => AssertRefused(
        TestGraphs.Foreign(), new() { Preparation = ImagePreparation.AsIs },
        "no part of ML.NET takes the best of several classes", "pixel_values");

    [TestMethod]
    public void StockPipeline_NoPreparation_AsksForIt()
    {
        File.WriteAllBytes(Model, Labels(OnnxElementType.Int64));

        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Stock(new() { Classes = 3 })).Message, "Set Preparation to");
    }

    [TestMethod]
    public void StockPipeline_OptionThatNoPartHas_IsRefused()
    {
        File.WriteAllBytes(Model, Labels(OnnxElementType.Int64));

        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Stock(new() { Threshold = 0.5f })).Message,
            "Preparation, Output, Scores, Classes and ClassNames alone");
    }

    /// <summary>The brightest channel of an image, as its number, without a word about itself.</summary>
    private static byte[] Labels(OnnxElementType type, bool isChannelsLast = true)
    {
        var graph = new OnnxGraphBuilder("labels");
        string image = isChannelsLast
            ? graph.Input("x", OnnxElementType.Float, 1, Side, Side, 3)
            : graph.Input("x", OnnxElementType.Float, 1, 3, Side, Side);
        string classes = graph.Node("ArgMax", [image], ("axis", isChannelsLast ? 3L : 1L), ("keepdims", 0L));
        if (type != OnnxElementType.Int64) classes = graph.Node("Cast", [classes], ("to", (long)type));
        graph.Output("y", classes, type, 1, Side, Side);
        return graph.ToModel(new Dictionary<string, string>());
    }

    private IEstimator<ITransformer> Stock(SegmentImageOptions options) =>
        _ml.Segmentation.StockPipeline("Mask", "Image", Model, Side, Side, options);

    private void AssertRefused(byte[] model, SegmentImageOptions options, params string[] words)
    {
        File.WriteAllBytes(Model, model);
        string message = Assert.ThrowsExactly<InvalidDataException>(() => Stock(options)).Message;
        foreach (string word in words) StringAssert.Contains(message, word);
    }

    private void AssertSame(string model, int side, string image, SegmentImageOptions options)
    {
        IDataView rows = _ml.Data.LoadFromEnumerable([new FreshProcess.InputRow { ImagePath = image }]);
        var read = _ml.Transforms.LoadImages("Image", "", "ImagePath");
        ITransformer stock = read.Append(_ml.Segmentation.StockPipeline("Mask", "Image", model, side, side, options)).Fit(rows);
        ITransformer own = read
            .Append(_ml.Transforms.ResizeImages("Image", side, side, resizing: ImageResizingEstimator.ResizingKind.Fill))
            .Append(_ml.Transforms.SegmentImage("Mask", "Image", model, options)).Fit(rows);

        uint[] expected = own.Transform(rows).GetColumn<uint[]>("Mask").Single();
        uint[] actual = stock.Transform(rows).GetColumn<uint[]>("Mask").Single();

        Assert.IsGreaterThan(1, expected.Distinct().Count());
        CollectionAssert.AreEqual(expected, actual);
        CollectionAssert.AreEqual(Names(own.Transform(rows)), Names(stock.Transform(rows)));
        Assert.IsNull(stock.GetOutputSchema(rows.Schema).GetColumnOrNull("y"));
    }

    private static string[] Names(IDataView rows)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        rows.Schema["Mask"].GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
