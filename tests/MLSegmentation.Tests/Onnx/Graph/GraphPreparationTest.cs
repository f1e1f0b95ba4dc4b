using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class GraphPreparationTest
{
    private static readonly float[] _mean = [0.485f, 0.456f, 0.406f], _deviation = [0.229f, 0.224f, 0.225f];
    private static readonly float[] _byteMean = [123.675f, 116.28f, 103.53f], _byteDeviation = [58.395f, 57.12f, 57.375f];

    [TestMethod]
    public void Find_NodesThatTakeBytes_IsAsIs()
    {
        (string Name, Func<OnnxGraphBuilder, string, string> Make)[] graphs =
        [
            ("x / 255", (graph, image) => graph.Node("Div", [image, graph.Number(255)])),
            ("x / 256", (graph, image) => graph.Node("Div", [image, graph.Number(256)])),
            ("x · 1/255", (graph, image) => graph.Node("Mul", [graph.Number(1 / 255f), image])),
            ("x − means of bytes", (graph, image) => graph.Node("Sub", [image, graph.Number(_byteMean)])),
            ("x + negative means", (graph, image) =>
                graph.Node("Add", [image, graph.Number([.. _byteMean.Select(mean => -mean)])])),
            ("x · 2/255 − 1", (graph, image) =>
                graph.Node("Sub", [graph.Node("Mul", [image, graph.Number(2 / 255f)]), graph.Number(1)])),
            ("(x − 127.5) / 127.5", (graph, image) => Normalised(graph, image, [127.5f], [127.5f])),
            ("(x − mean) / deviation of bytes", (graph, image) => Normalised(graph, image, _byteMean, _byteDeviation)),
            ("(x / 255 − mean) / deviation", (graph, image) =>
                Normalised(graph, graph.Node("Div", [image, graph.Number(255)]), _mean, _deviation)),
            ("x / 255 behind a transpose and a cast", (graph, image) => graph.Node(
                "Div", [graph.Node("Cast", [graph.Node("Transpose", [image], ("perm", new long[] { 0, 1, 3, 2 }))], ("to", 1L)),
                    graph.Number(255)])),
            ("a cast to bytes", (graph, image) => graph.Node("Cast", [graph.Node("Cast", [image], ("to", 2L))], ("to", 1L))),
        ];
        foreach ((string name, Func<OnnxGraphBuilder, string, string> make) in graphs)
            Assert.AreEqual(ImagePreparation.AsIs, Find(make)?.Preparation, name);
    }

    [TestMethod]
    public void Find_MeanAndDeviationOfFractions_IsZeroToOne()
    {
        (string Name, Func<OnnxGraphBuilder, string, string> Make)[] graphs =
        [
            ("(x − mean) / deviation", (graph, image) => Normalised(graph, image, _mean, _deviation)),
            ("(x − 0.5) / 0.5", (graph, image) => Normalised(graph, image, [0.5f], [0.5f])),
            ("(x − mean) · 1/deviation", (graph, image) => graph.Node(
                "Mul", [graph.Node("Sub", [image, graph.Number(_mean)]), graph.Number([.. _deviation.Select(one => 1 / one)])])),
            ("x · 2 − 1", (graph, image) =>
                graph.Node("Sub", [graph.Node("Mul", [image, graph.Number(2)]), graph.Number(1)])),
        ];
        foreach ((string name, Func<OnnxGraphBuilder, string, string> make) in graphs)
            Assert.AreEqual(ImagePreparation.ZeroToOne, Find(make)?.Preparation, name);
    }

    [TestMethod]
    public void Find_NodesThatMayMeanAnything_IsNull()
    {
        float[] weights = [1, 1, 1], zeros = [0, 0, 0];
        (string Name, Func<OnnxGraphBuilder, string, string> Make)[] graphs =
        [
            ("a convolution", (_, image) => image),
            ("a batch normalisation", (graph, image) => graph.Node(
                "BatchNormalization", [image, graph.Initializer("s", [3], weights), graph.Initializer("b", [3], zeros),
                    graph.Initializer("m", [3], _byteMean), graph.Initializer("v", [3], _byteDeviation)])),
            ("x − mean of fractions", (graph, image) => graph.Node("Sub", [image, graph.Number(_mean)])),
            ("x / 2", (graph, image) => graph.Node("Div", [image, graph.Number(2)])),
            ("x / 127.5", (graph, image) => graph.Node("Div", [image, graph.Number(127.5f)])),
            ("x / 65535", (graph, image) => graph.Node("Div", [image, graph.Number(65535)])),
            ("x − 2048", (graph, image) => graph.Node("Sub", [image, graph.Number(2048)])),
            ("255 − x", (graph, image) => graph.Node("Sub", [graph.Number(255), image])),
            ("255 / x", (graph, image) => graph.Node("Div", [graph.Number(255), image])),
            ("x / −255", (graph, image) => graph.Node("Div", [image, graph.Number(-255)])),
            ("x / 0", (graph, image) => graph.Node("Div", [image, graph.Number(0)])),
            ("x / NaN", (graph, image) => graph.Node("Div", [image, graph.Number(float.NaN)])),
            ("x / 255 and x", (graph, image) =>
                graph.Node("Add", [graph.Node("Div", [image, graph.Number(255)]), image])),
            ("max(x, 0) / 255", (graph, image) =>
                graph.Node("Div", [graph.Node("Relu", [image]), graph.Number(255)])),
            ("x / a value of the graph", (graph, image) => graph.Node("Div", [image, graph.Node("ReduceMax", [image])])),
            ("bytes after other nodes", (graph, image) => graph.Node(
                "Cast", [graph.Node("Cast", [graph.Node("Mul", [image, graph.Number(255)])], ("to", 2L))], ("to", 1L))),
            ("means of two channels", (graph, image) =>
                graph.Node("Sub", [image, graph.Initializer("two", [2], [128f, 128f])])),
        ];
        foreach ((string name, Func<OnnxGraphBuilder, string, string> make) in graphs) Assert.IsNull(Find(make), name);
    }

    [TestMethod]
    public void Find_LearnedScalesAndShifts_IsNull()
    {
        (string Name, Func<OnnxGraphBuilder, string, string> Make)[] graphs =
        [
            ("a folded batch normalisation", (graph, image) => Affine(graph, image, [1.2f, 1.25f, 1.3f], [-.05f, -.1f, -.3f])),
            ("one of means above 2", (graph, image) => Affine(graph, image, [.1f, .12f, .09f], [-.25f, -.1f, -.03f])),
            ("a scale and a shift", (graph, image) => Affine(graph, image, [1.5f], [-.1f])),
            ("a mean of 5", (graph, image) => Affine(graph, image, [.02f], [-.1f])),
            ("a shift", (graph, image) => graph.Node("Sub", [image, graph.Number(3.1f, 2.5f, .2f)])),
            ("means of no colours", (graph, image) => Normalised(graph, image, [.45f, .4f, .55f], [.2f, .3f, .25f])),
            ("unlike deviations", (graph, image) => Normalised(graph, image, [127.5f], _byteDeviation)),
            ("deviations", (graph, image) => graph.Node("Div", [image, graph.Number(_byteDeviation)])),
            ("-1 to 1 to others", (graph, image) => Normalised(graph, Affine(graph, image, [.5f], [.5f]), _mean, _deviation)),
        ];
        foreach ((string name, Func<OnnxGraphBuilder, string, string> make) in graphs) Assert.IsNull(Find(make), name);
    }

    [TestMethod]
    public void Find_WellKnownNumbers_AreToldInAllSpellings()
    {
        (string Name, ImagePreparation Expected, Func<OnnxGraphBuilder, string, string> Make)[] graphs =
        [
            ("(x − 128) / 128", ImagePreparation.AsIs, (graph, image) => Normalised(graph, image, [128], [128])),
            ("(x − 127.5) · 0.0078125", ImagePreparation.AsIs, (graph, image) =>
                graph.Node("Mul", [graph.Node("Sub", [image, graph.Number(127.5f)]), graph.Number(.0078125f)])),
            ("x · 0.0039", ImagePreparation.AsIs, (graph, image) => graph.Node("Mul", [image, graph.Number(.0039f)])),
            ("x / 255 − 0.5", ImagePreparation.AsIs, (graph, image) =>
                graph.Node("Sub", [graph.Node("Div", [image, graph.Number(255)]), graph.Number(.5f)])),
            ("(x − means) · 0.017", ImagePreparation.AsIs, (graph, image) =>
                graph.Node("Mul", [graph.Node("Sub", [image, graph.Number(_byteMean)]), graph.Number(.017f)])),
            ("R-CNN", ImagePreparation.AsIs, (graph, image) =>
                graph.Node("Sub", [image, graph.Number(122.7717f, 115.9465f, 102.9801f)])),
            ("CLIP", ImagePreparation.ZeroToOne, (graph, image) => Normalised(
                graph, image, [.48145466f, .4578275f, .40821073f], [.26862954f, .26130258f, .27577711f])),
            ("gray", ImagePreparation.ZeroToOne, (graph, image) => Normalised(graph, image, [.449f], [.226f])),
        ];
        foreach ((string name, ImagePreparation expected, Func<OnnxGraphBuilder, string, string> make) in graphs)
            Assert.AreEqual(expected, Find(make)?.Preparation, name);
    }

    [TestMethod]
    public void Find_MeansOfBlueGreenRed_TellThatOrder()
    {
        (string Name, ImagePreparation Numbers, Func<OnnxGraphBuilder, string, string> Make)[] graphs =
        [
            ("Caffe", ImagePreparation.AsIs, (graph, image) =>
                graph.Node("Sub", [image, graph.Number(103.939f, 116.779f, 123.68f)])),
            ("R-CNN", ImagePreparation.AsIs, (graph, image) =>
                graph.Node("Sub", [image, graph.Number(102.9801f, 115.9465f, 122.7717f)])),
            ("ImageNet", ImagePreparation.ZeroToOne, (graph, image) =>
                Normalised(graph, image, [.406f, .456f, .485f], [.225f, .224f, .229f])),
            ("CenterNet", ImagePreparation.AsIs, (graph, image) => Normalised(
                graph, graph.Node("Div", [image, graph.Number(255)]), [.408f, .447f, .470f], [.289f, .274f, .278f])),
        ];
        foreach ((string name, ImagePreparation numbers, Func<OnnxGraphBuilder, string, string> make) in graphs)
        {
            FoundPreparation? found = Find(make);
            Assert.AreEqual(numbers with { ColourOrder = ColourOrder.Bgr }, found?.Preparation, name);
            Assert.IsTrue(found!.TellsColourOrder, name);
            Assert.IsFalse(found.Allows(numbers), name);
        }
    }

    [TestMethod]
    public void Find_ChannelsReversedByNodes_SaysNothingUnlessMeansTell()
    {
        long[] reversed = [2, 1, 0];
        string Gather(OnnxGraphBuilder graph, string value) =>
            graph.Node("Gather", [value, graph.Integers(reversed)], ("axis", 1L));
        string Slice(OnnxGraphBuilder graph, string value) => graph.Node(
            "Slice", [value, graph.Integers(-1), graph.Integers(long.MinValue), graph.Integers(1), graph.Integers(-1)]);
        string Conv(OnnxGraphBuilder graph, string value) => graph.Node(
            "Conv", [value, graph.Initializer("turn", [3, 3, 1, 1], [0f, 0, 1, 0, 1, 0, 1, 0, 0])]);
        string Slices(OnnxGraphBuilder graph, string value)
        {
            string One(long channel) => graph.Node(
                "Slice", [value, graph.Integers(channel), graph.Integers(channel + 1), graph.Integers(1)]);
            return graph.Node("Concat", [One(2), One(1), One(0)], ("axis", 1L));
        }
        (string Name, Func<OnnxGraphBuilder, string, string> Turn)[] turns =
            [("Gather", Gather), ("Slice", Slice), ("Conv", Conv), ("Slices", Slices)];
        foreach ((string name, Func<OnnxGraphBuilder, string, string> turn) in turns)
        {
            Assert.IsNull(Find((graph, image) => turn(graph, graph.Node("Div", [image, graph.Number(255)]))), name);
            Assert.AreEqual(
                ImagePreparation.AsIs,
                Find((graph, image) => turn(graph, graph.Node("Sub", [image, graph.Number(_byteMean)])))?.Preparation, name);
        }
        Assert.IsNull(Find((graph, image) => graph.Node("Div", [Gather(graph, image), graph.Number(255)])));
        Assert.IsNull(Find((graph, image) => graph.Node("Sub", [Gather(graph, image), graph.Number(_byteMean)])));
        Assert.AreEqual(ImagePreparation.AsIs, Find((graph, image) =>
            graph.Node("Sub", [Slice(graph, image), graph.Number(103.939f, 116.779f, 123.68f)]))?.Preparation);
    }

    [TestMethod]
    public void Find_MeansInAnotherLayout_BelongToTheChannels()
    {
        FoundPreparation? Last(long[] shape, bool isTurned) => AnalysedGraph.Model(
            OnnxElementType.Float, [1, 3, 3, 3], (graph, image) =>
            {
                string turned = isTurned ? graph.Node("Transpose", [image], ("perm", new long[] { 0, 2, 3, 1 })) : image;
                string less = graph.Node("Sub", [turned, graph.Initializer("mean", shape, [103.939f, 116.779f, 123.68f])]);
                if (isTurned) less = graph.Node("Transpose", [less], ("perm", new long[] { 0, 3, 1, 2 }));
                graph.Output("out", graph.Conv(less, 2), OnnxElementType.Float, 1, 2, 3, 3);
            }).Info().FoundPreparation;

        Assert.AreEqual(ColourOrder.Bgr, Last([3], isTurned: true)?.Preparation.ColourOrder);
        Assert.AreEqual(ColourOrder.Bgr, Last([3, 1, 1], isTurned: false)?.Preparation.ColourOrder);
        Assert.IsNull(Last([3], isTurned: false));
        Assert.IsNull(Last([3, 1, 1], isTurned: true));
    }

    [TestMethod]
    public void Find_SizeIsAskedForToo_PassesItOver() =>
        Assert.AreEqual(ImagePreparation.AsIs, Find((graph, image) =>
        {
            _ = graph.Node("Shape", [image]);
            return graph.Node("Div", [image, graph.Number(255)]);
        })?.Preparation);

    [TestMethod]
    public void Find_InputOfBytes_IsAsIsWhateverTheNodes()
    {
        OnnxModelInfo info = AnalysedGraph.Model(
            OnnxElementType.UInt8, [1, 8, 8, 3],
            (graph, image) => graph.Output("out", Scores(graph, image), OnnxElementType.Float, 1, 2, 8, 8)).Info();

        Assert.AreEqual(ImagePreparation.AsIs, info.Preparation);
        StringAssert.Contains(info.PreparationSource, "bytes");

        static string Scores(OnnxGraphBuilder graph, string image) => graph.Conv(
            graph.Node("Transpose", [graph.Node("Cast", [image], ("to", 1L))], ("perm", new long[] { 0, 3, 1, 2 })), 2);
    }

    [TestMethod]
    public void Find_InputOfBytesLessMeansOfBlueGreenRed_TellsThatOrder()
    {
        OnnxModelInfo info = AnalysedGraph.Model(OnnxElementType.UInt8, [1, 3, 8, 8], (graph, image) => graph.Output(
            "out",
            graph.Conv(graph.Node(
                "Sub", [graph.Node("Cast", [image], ("to", 1L)), graph.Number(103.939f, 116.779f, 123.68f)]), 2),
            OnnxElementType.Float, 1, 2, 8, 8)).Info();

        Assert.AreEqual(ImagePreparation.AsIs with { ColourOrder = ColourOrder.Bgr }, info.Preparation);
        Assert.IsFalse(info.FoundPreparation!.Allows(ImagePreparation.AsIs));
    }

    [TestMethod]
    public void Find_Nodes_AreNamed() =>
        Assert.AreEqual(
            "the graph's first nodes (Sub, Div)", Find((graph, image) => Normalised(graph, image, _mean, _deviation))!.Source);

    [TestMethod]
    public void Open_OtherOrderOfColoursThanFound_IsNoContradiction()
    {
        byte[] model = AnalysedGraph.Model(
            (graph, image) => graph.Conv(graph.Node("Div", [image, graph.Number(255)]), 2), OnnxElementType.Float,
            "n", 2, "h", "w");
        ImagePreparation reversed = ImagePreparation.AsIs with { ColourOrder = ColourOrder.Bgr };

        using SegmentationModel open = SegmentationModel.Load(
            model, new SegmentationModelOptions { Preparation = reversed, Threads = 1 });
        string message = Assert.ThrowsExactly<ArgumentException>(() => SegmentationModel.Load(
            model, new SegmentationModelOptions { Preparation = ImagePreparation.ImageNetRgb, Threads = 1 })).Message;

        Assert.AreEqual(reversed, open.Options.Preparation);
        StringAssert.Contains(message, "imagenet-rgb");
        StringAssert.Contains(message, "the graph's first nodes (Div)");
    }

    private static FoundPreparation? Find(Func<OnnxGraphBuilder, string, string> make) => AnalysedGraph.Model(
        (graph, image) => graph.Conv(make(graph, image), 2), OnnxElementType.Float, "n", 2, "h", "w").Info().FoundPreparation;

    private static string Affine(OnnxGraphBuilder graph, string value, float[] scale, float[] shift) =>
        graph.Node("Add", [graph.Node("Mul", [value, graph.Number(scale)]), graph.Number(shift)]);

    private static string Normalised(OnnxGraphBuilder graph, string value, float[] mean, float[] deviation) =>
        graph.Node("Div", [graph.Node("Sub", [value, graph.Number(mean)]), graph.Number(deviation)]);
}
