using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class OnnxGraphReaderTest
{
    [TestMethod]
    public void Read_Graph_KnowsMakersUsersAndWeights()
    {
        OnnxGraph graph = OnnxGraphReader.Read(TestGraphs.BrightestChannel());

        OnnxNode softmax = graph.MakerOf("/Softmax")!;
        Assert.AreEqual(("Softmax", 1L), (softmax.Operator, softmax.Integer("axis")));
        Assert.AreEqual("Conv", graph.MakerOf(softmax.Input(0))!.Operator);
        Assert.AreSequenceEqual(["ArgMax", "Identity"], graph.UsersOf("/Softmax").Select(node => node.Operator));
        Assert.AreSequenceEqual([3L, 3, 1, 1], graph.ShapeOf("weights")!);
        Assert.AreEqual(TestGraphs.Sharpness, graph.NumbersOf("weights")![0]);
        Assert.AreEqual(17, graph.OperatorSet);
    }

    [TestMethod]
    public void MakerOf_ValueMadeTwice_IsUnknown()
    {
        byte[] model = EditedModel.With(proto => proto.Graph.Node.Add(proto.Graph.Node[0].Clone()));

        Assert.IsNull(OnnxGraphReader.Read(model).MakerOf("/Conv"));
    }

    [TestMethod]
    public void MakerOf_OperatorOfAnotherDomain_HasItInItsName()
    {
        byte[] model = EditedModel.With(proto => proto.Graph.Node[0].Domain = "com.microsoft");

        Assert.AreEqual("com.microsoft.Conv", OnnxGraphReader.Read(model).MakerOf("/Conv")!.Operator);
    }

    [TestMethod]
    public void NumbersOf_ConstantsThatNodesMake_AreTheirs()
    {
        var graph = new OnnxGraphBuilder("constants");
        string image = graph.Input("image", OnnxElementType.Float, 1, 3, 8, 8);
        string value = graph.Node("Constant", [], ("value_float", 2.5f));
        string half = graph.Node("Cast", [value], ("to", 10L));
        string reshaped = graph.Node("Unsqueeze", [half, graph.Initializer("axes", [1], [0L])]);
        graph.Output("out", graph.Node("Mul", [image, reshaped]), OnnxElementType.Float, 1, 3, 8, 8);

        OnnxGraph read = OnnxGraphReader.Read(graph.ToModel(new Dictionary<string, string>()));

        Assert.AreEqual(2.5, read.NumberOf(reshaped));
        Assert.IsNull(read.NumberOf("image"));
        Assert.IsNull(read.NumberOf("out"));
    }
}
