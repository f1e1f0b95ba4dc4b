using Google.Protobuf;
using Microsoft.ML.Data;
using MLSegmentation.Training.Onnx;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

/// <summary>Whatever the form in which a graph takes images, masks are those of one that takes planes of floats.</summary>
[TestClass]
public sealed class ForeignInputTest
{
    private const int Width = 24, Height = 16;

    private static IEnumerable<object[]> Forms =>
        from type in new[] { OnnxElementType.Float, OnnxElementType.Float16, OnnxElementType.UInt8 }
        from layout in Enum.GetValues<TensorLayout>()
        from channels in new[] { 1, 3, 4 }
        select new object[] { type, layout.ToString(), channels };

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Segment_EachForm_GivesTheMaskOfFloatPlanes(OnnxElementType type, string layout, int channels)
    {
        using MLImage image = Image(isGray: channels == 1, seed: 11);
        TensorLayout form = Enum.Parse<TensorLayout>(layout);
        OnnxDimension[] OfBatch(OnnxDimension batch) => form == TensorLayout.ChannelsFirst
            ? [batch, channels, Height, Width]
            : [batch, Height, Width, channels];

        uint[] expected = Segment(InputGraphs.Create(OnnxElementType.Float, TensorLayout.ChannelsFirst, channels), image);

        Assert.AreEqual(3, expected.Distinct().Count());
        CollectionAssert.AreEqual(expected, Segment(InputGraphs.Create(type, form, channels), image), "free");
        CollectionAssert.AreEqual(expected, Segment(InputGraphs.Create(type, form, channels, OfBatch(1)), image), "one");
    }

    [TestMethod]
    [DataRow("ChannelsFirst", 4)]
    [DataRow("ChannelsLast", 4)]
    [DataRow("ChannelsLast", 100)]
    public void Segment_GraphOfAFixedNumberOfImages_ScoresOneAndTilesTogether(string layout, int batch)
    {
        TensorLayout form = Enum.Parse<TensorLayout>(layout);
        byte[] free = InputGraphs.Create(OnnxElementType.Float, TensorLayout.ChannelsFirst, 3);
        byte[] model = InputGraphs.Create(
            OnnxElementType.UInt8, form, 3, form == TensorLayout.ChannelsFirst ? [batch, 3, "h", "w"] : [batch, "h", "w", 3]);
        var tiled = new SegmentationModelOptions
        {
            Preparation = ImagePreparation.AsIs,
            Sizing = ImageSizing.Tiled,
            ImageWidth = 4,
            ImageHeight = 8,
            TileOverlap = 0,
        };
        using MLImage image = Image(isGray: false, seed: 7);
        uint[] expected = Segment(free, image);
        using var network = SegmentationModel.Load(model, tiled);

        CollectionAssert.AreEqual(expected, Segment(model, image), "whole");
        CollectionAssert.AreEqual(expected, network.Segment(image).Mask.ToArray(), "tiled");

        // Two rows of six tiles.
        Assert.AreEqual(batch == 4 ? 2 * 2 : 2, network.Runs);
    }

    [TestMethod]
    public void Segment_AnswerForAFixedNumberThatItsOutputDoesNotDeclare_IsRead()
    {
        using MLImage image = Image(isGray: false, seed: 7);
        byte[] model = InputGraphs.Create(OnnxElementType.Float, TensorLayout.ChannelsFirst, 3, 4, 3, "h", "w");
        var proto = ModelProto.Parser.ParseFrom(model);
        proto.Graph.Output[0].Type.TensorType.Shape.Dim[0].DimParam = "n";

        CollectionAssert.AreEqual(Segment(model, image), Segment(proto.ToByteArray(), image));
    }

    [TestMethod]
    public void Segment_ChannelsOfAFreeNumber_AreThoseOfTheGraph()
    {
        using MLImage image = Image(isGray: false, seed: 4);
        foreach (int channels in (int[])[3, 4])
        {
            uint[] expected = Segment(InputGraphs.Create(OnnxElementType.Float, TensorLayout.ChannelsFirst, channels), image);
            byte[] model = InputGraphs.Create(
                OnnxElementType.Float, TensorLayout.ChannelsFirst, channels, "batch_size", "num_channels", "height", "width");

            CollectionAssert.AreEqual(expected, Segment(model, image), $"{channels}");
        }
    }

    [TestMethod]
    public void Segment_AlphaOfAnImage_IsStraightAndThatOfTilesOpaque()
    {
        // The first score is the alpha's, the second red's, the third nothing's.
        var graph = new OnnxGraphBuilder("alpha");
        string input = graph.Input("x", OnnxElementType.Float, "n", 4, "h", "w");
        string weights = graph.Initializer("w", [3, 4, 1, 1], [0f, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
        graph.Output("y", graph.Node("Conv", [input, weights]), OnnxElementType.Float, "n", 3, "h", "w");
        byte[] model = graph.ToModel(new Dictionary<string, string>());
        byte[] rgba = [200, 0, 0, 100, 90, 0, 0, 100, 0, 0, 0, 0, 250, 0, 0, 255];
        using var image = MLImage.CreateFromPixels(4, 1, MLPixelFormat.Rgba32, rgba);

        // Straight: the red of 200 is above its alpha of 100; multiplied by it, it would be 78 and below.
        CollectionAssert.AreEqual(new uint[] { 2, 1, 1, 1 }, Segment(model, image));
        CollectionAssert.AreEqual(
            new uint[] { 1, 1, 1, 1 },
            Segment(model, image, new() { Sizing = ImageSizing.Tiled, ImageWidth = 2, ImageHeight = 1 }));
    }

    [TestMethod]
    public void Load_BytesPreparedAsOthers_IsAnErrorThatShowsBoth()
    {
        byte[] model = InputGraphs.Create(OnnxElementType.UInt8, TensorLayout.ChannelsLast, 3);

        foreach (ImagePreparation preparation in (ImagePreparation[])[
            ImagePreparation.ImageNetRgb, ImagePreparation.ZeroToOne, ImagePreparation.CaffeBgr])
        {
            var error = Assert.ThrowsExactly<ArgumentException>(
                () => SegmentationModel.Load(model, new() { Preparation = preparation }));

            Assert.AreEqual("options", error.ParamName);
            StringAssert.Contains(error.Message, $"prepared as {preparation}, but");
            StringAssert.Contains(error.Message, "the graph's input of bytes says as-is");
        }
        SegmentationModel.Load(
            model, new() { Preparation = ImagePreparation.AsIs with { ColourOrder = ColourOrder.Bgr } }).Dispose();
    }

    [TestMethod]
    public void Load_BytesWithoutAPreparation_AreThosePixelsHave()
    {
        using var model = SegmentationModel.Load(InputGraphs.Create(OnnxElementType.UInt8, TensorLayout.ChannelsLast, 3));

        Assert.AreEqual(ImagePreparation.AsIs, model.Options.Preparation);
    }

    [TestMethod]
    [DataRow("05-onnx-nhwc", "nhwc.onnx")]
    [DataRow("05-onnx-nhwc", "nhwc_softmax_free.onnx")]
    [DataRow("09-onnx-fp16-uint8-argmax", "fp16.onnx")]
    [DataRow("09-onnx-fp16-uint8-argmax", "uint8_nhwc.onnx")]
    [DataRow("09-onnx-fp16-uint8-argmax", "argmax_nhw.onnx")]
    public void Segment_FailingCase_HasTheRectangle(string name, string file)
    {
        string folder = SharedData.Require("cases", name);
        using var model = SegmentationModel.Load(
            Path.Combine(folder, file), new() { Preparation = ImagePreparation.AsIs, ClassNames = ["field", "rectangle"] });

        uint[] mask = model.Segment(Path.Combine(folder, "a.png")).Mask.ToArray();

        Assert.AreEqual((1728, 320), (mask.Count(key => key == 1), mask.Count(key => key == 2)));
    }

    private static uint[] Segment(byte[] model, MLImage image, SegmentationModelOptions? options = null)
    {
        using var network = SegmentationModel.Load(
            model, (options ?? new()) with { Preparation = ImagePreparation.AsIs });
        return [.. network.Segment(image).Mask.Span];
    }

    private static MLImage Image(bool isGray, int seed)
    {
        var rgba = new byte[4 * Width * Height];
        new Random(seed).NextBytes(rgba);
        for (int i = 0; isGray && i < rgba.Length; i += 4) rgba[i + 1] = rgba[i + 2] = rgba[i];
        return MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Rgba32, rgba);
    }
}
