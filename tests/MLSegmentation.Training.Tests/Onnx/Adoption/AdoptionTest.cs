using Google.Protobuf;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Onnx;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Training.Tests;

/// <summary>What becomes of the parts of a model that is adopted, and of models that are strange or damaged.</summary>
[TestClass]
public sealed class AdoptionTest
{
    private static readonly ForeignForm _form = new() { Auxiliary = "aux" };

    [TestMethod]
    public void Adopt_MetadataOfOthers_StaysAndOurOwnWins()
    {
        ModelProto before = OnnxModel.Parse(_form.Build());
        before.MetadataProps.Add(new StringStringEntryProto { Key = "mlsegmentation.network", Value = "old" });

        ModelProto after = OnnxModel.Parse(Adopt(before.ToByteArray()));

        Assert.AreEqual("somebody", after.MetadataProps.Single(entry => entry.Key == "author").Value);
        Assert.AreEqual("old", after.MetadataProps.Single(entry => entry.Key == "mlsegmentation.network").Value);
        Assert.AreEqual("segmentation", after.MetadataProps.Single(entry => entry.Key == "mlsegmentation.task").Value);
        Assert.AreEqual(before.IrVersion, after.IrVersion);
        Assert.AreEqual(before.OpsetImport[0], after.OpsetImport.Single());
    }

    [TestMethod]
    public void Adopt_AnotherTask_IsRefused()
    {
        ModelProto model = OnnxModel.Parse(_form.Build());
        model.MetadataProps.Add(new StringStringEntryProto { Key = "mlsegmentation.task", Value = "counting" });

        string message = Assert.ThrowsExactly<InvalidDataException>(
            () => SegmentationAdopter.Adopt(model.ToByteArray(), Options("y") with { Preparation = null })).Message;

        StringAssert.Contains(message, "the task 'counting', expected 'segmentation'");
    }

    [TestMethod]
    public void Adopt_OtherOutputs_AreGoneWithWhatOnlyTheyNeed()
    {
        ModelProto after = OnnxModel.Parse(Adopt(_form.Build()));

        CollectionAssert.AreEqual(
            new[] { "probabilities", "mask" }, after.Graph.Output.Select(output => output.Name).ToArray());
        Assert.IsFalse(after.Graph.Node.Any(node => node.OpType == "AveragePool"));
        CollectionAssert.AreEquivalent(
            new[] { "weights", "biases" }, after.Graph.Initializer.Select(weight => weight.Name).ToArray());
    }

    [TestMethod]
    public void Adopt_GraphWithinANode_KeepsWhatItTakesFromOutside()
    {
        // The graphs within take the values named mask and probabilities, which give way to ours.
        byte[] model = WithInnerGraph(new ForeignForm { Inside = "mask", Output = "probabilities" }.Build());

        byte[] adopted = Adopt(model, "probabilities");

        using MLImage image = Paint(32, 24);
        using var before = SegmentationModel.Load(model, Options("probabilities"));
        using var after = SegmentationModel.Load(adopted);
        CollectionAssert.AreEqual(before.Segment(image).Mask.ToArray(), after.Segment(image).Mask.ToArray());
    }

    [TestMethod]
    public void Adopt_FreeNumberOfImagesThatMeansOne_IsDeclaredAsOne()
    {
        var graph = new OnnxGraphBuilder("for-one");
        string image = graph.Input("x", OnnxElementType.Float, "batch", 3, 8, 8);
        string one = graph.Node("Reshape", [image, graph.Initializer("shape", [4], [1L, 3, 8, 8])]);
        graph.Output("y", one, OnnxElementType.Float, "batch", 3, 8, 8);
        byte[] model = graph.ToModel(new Dictionary<string, string>());

        Assert.AreEqual(1, OnnxModelInfo.FromBytes(Adopt(model)).ImageInput.Dimensions[0]);
        Assert.AreEqual(-1, OnnxModelInfo.FromBytes(Adopt(_form.Build())).ImageInput.Dimensions[0]);
    }

    [TestMethod]
    public void Adopt_LabelsThatAreNoClass_AreNoneInTheMask()
    {
        // Red is the label; there are classes 0 to 2.
        var graph = new OnnxGraphBuilder("labels");
        string image = graph.Input("x", OnnxElementType.Float, "n", 3, 4, 1);
        string red = graph.Node("Gather", [image, graph.Initializer("zero", [1], [0L])], ("axis", 1L));
        string labels = graph.Node("Sub", [red, graph.Initializer("one", [1], [1f])]);
        graph.Output("y", graph.Node("Cast", [labels], ("to", (long)OnnxElementType.Int64)), OnnxElementType.Int64, "n", 1, 4, 1);
        byte[] model = graph.ToModel(new Dictionary<string, string>());
        SegmentationModelOptions options = new() { Preparation = ImagePreparation.AsIs, Classes = 3 };
        using MLImage pixels = MLImage.CreateFromPixels(
            1, 4, MLPixelFormat.Rgba32, new byte[] { 0, 0, 0, 255, 1, 0, 0, 255, 3, 0, 0, 255, 4, 0, 0, 255 });

        byte[] adopted = SegmentationAdopter.Adopt(model, options);

        using var segmentation = SegmentationModel.Load(adopted);
        CollectionAssert.AreEqual(new uint[] { 0, 1, 3, 0 }, segmentation.Segment(pixels).Mask.ToArray());
        using var session = new InferenceSession(adopted);
        var (probabilities, mask) = Run(session, [0, 1, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0], 1, 3, 4, 1);
        CollectionAssert.AreEqual(new byte[] { 255, 0, 2, 255 }, mask);
        CollectionAssert.AreEqual(new float[] { 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 }, probabilities);
    }

    [TestMethod]
    [DataRow(ScoreKind.Logits, 4)]
    [DataRow(ScoreKind.Logits, 1)]
    [DataRow(ScoreKind.IndependentLogits, 4)]
    [DataRow(ScoreKind.Labels, 4)]
    public void Segment_AdoptedInTilesOrViews_GivesTheMaskOfTheOptions(ScoreKind kind, int scores)
    {
        var form = new ForeignForm { Kind = kind, Scores = scores };
        SegmentationModelOptions foreign = form.Options(ImagePreparation.ImageNetRgb);
        byte[] model = form.Build(), adopted = SegmentationAdopter.Adopt(model, foreign);
        using MLImage image = Paint(50, 40);
        Func<SegmentationModelOptions, SegmentationModelOptions>[] ways =
        [
            options => options with { Sizing = ImageSizing.Tiled, ImageWidth = 24, ImageHeight = 16 },
            options => options with { TestTimeAugmentation = new() { Scales = [0.5, 1] } },
            options => options with { Sizing = ImageSizing.Letterbox, ImageWidth = 32, ImageHeight = 32 },
        ];
        foreach (var way in ways)
        {
            using var before = SegmentationModel.Load(model, way(foreign));
            using var after = SegmentationModel.Load(adopted, way(new()));

            uint[] expected = before.Segment(image).Mask.ToArray(), actual = after.Segment(image).Mask.ToArray();

            int wrong = expected.Zip(actual).Count(pair => pair.First != pair.Second);
            Assert.IsLessThanOrEqualTo(expected.Length / 1000, wrong);
        }
    }

    /// <summary>Half of a probability and a logit of 0 are the foreground's, as by options.</summary>
    [TestMethod]
    [DataRow(ScoreKind.Logits, -1f, 0f, 1f)]
    [DataRow(ScoreKind.Probabilities, 0.25f, 0.5f, 1f)]
    public void Adopt_OneChannelAtItsThreshold_IsForeground(ScoreKind kind, float below, float at, float above)
    {
        var graph = new OnnxGraphBuilder("red");
        string image = graph.Input("x", OnnxElementType.Float, "n", 3, 3, 1);
        graph.Output(
            "y", graph.Node("Gather", [image, graph.Initializer("zero", [1], [0L])], ("axis", 1L)), OnnxElementType.Float, "n", 1,
            3, 1);
        byte[] model = graph.ToModel(new Dictionary<string, string>());
        SegmentationModelOptions options = new() { Preparation = ImagePreparation.AsIs, Scores = kind };

        using var session = new InferenceSession(SegmentationAdopter.Adopt(model, options));

        var (probabilities, mask) = Run(session, [below, at, above, 0, 0, 0, 0, 0, 0], 1, 3, 3, 1);
        CollectionAssert.AreEqual(new byte[] { 0, 1, 1 }, mask);
        for (int i = 0; i < 3; i++)
        {
            Assert.AreEqual(mask[i] == 1, probabilities[3 + i] > probabilities[i]);
            Assert.AreEqual(1, probabilities[i] + probabilities[3 + i], 1e-6f);
        }
    }

    [TestMethod]
    public void Adopt_BitFlipped_IsRefusedOrAdopted()
    {
        byte[] model = new ForeignForm { IsFixed = true, Batch = 1 }.Build();
        int adopted = Flip(model, 11, flipped => Adopt(flipped));

        Assert.IsInRange(1, 299, adopted);
    }

    [TestMethod]
    public void Load_AdoptedAndBitFlipped_IsRefusedOrRuns()
    {
        using MLImage image = Paint(32, 24);
        byte[] model = Adopt(new ForeignForm { IsFixed = true, Batch = 1 }.Build());
        int runs = Flip(model, 12, flipped =>
        {
            using var opened = SegmentationModel.Load(flipped);
            opened.Segment(image);
        });

        Assert.IsInRange(1, 299, runs);
    }

    private static int Flip(byte[] model, int seed, Action<byte[]> use)
    {
        var random = new Random(seed);
        int done = 0;
        for (int i = 0; i < 300; i++)
        {
            byte[] flipped = [.. model];
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                use(flipped);
                done++;
            }
            catch (Exception error) when (error is InvalidDataException or InvalidOperationException or ArgumentException)
            {
                Assert.IsGreaterThan(20, error.Message.Length, error.Message);
            }
        }
        return done;
    }

    private static SegmentationModelOptions Options(string output) =>
        new() { Preparation = ImagePreparation.ImageNetRgb, Output = output, Scores = ScoreKind.Logits };

    private static byte[] Adopt(byte[] model, string output = "y") => SegmentationAdopter.Adopt(model, Options(output));

    /// <summary>The model with its last value chosen by an If, whose graphs take it from outside.</summary>
    private static byte[] WithInnerGraph(byte[] content)
    {
        ModelProto model = OnnxModel.Parse(content);
        NodeProto last = model.Graph.Node.Single(node => node.Output.Contains("probabilities"));
        GraphProto Branch(string name) => new()
        {
            Name = name,
            Node = { new NodeProto { OpType = "Identity", Input = { last.Input[0] }, Output = { $"{name}_out" } } },
            Output = { new ValueInfoProto { Name = $"{name}_out", Type = model.Graph.Output[0].Type } },
        };
        model.Graph.Initializer.Add(new TensorProto { Name = "yes", DataType = 9, RawData = ByteString.CopyFrom(1) });
        last.OpType = "If";
        last.Attribute.Add(Attribute("then_branch"));
        last.Attribute.Add(Attribute("else_branch"));
        last.Input[0] = "yes";
        return model.ToByteArray();

        AttributeProto Attribute(string name) =>
            new() { Name = name, G = Branch(name), Type = AttributeProto.Types.AttributeType.Graph };
    }

    private static (float[] Probabilities, byte[] Mask) Run(InferenceSession session, float[] image, params long[] shape)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(image, shape);
        using var run = new RunOptions();
        using var answers = session.Run(run, ["image"], [input], ["probabilities", "mask"]);
        return (answers[0].GetTensorDataAsSpan<float>().ToArray(), answers[1].GetTensorDataAsSpan<byte>().ToArray());
    }

    private static MLImage Paint(int width, int height)
    {
        var random = new Random(3);
        var pixels = new byte[4 * width * height];
        random.NextBytes(pixels);
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels);
    }
}
