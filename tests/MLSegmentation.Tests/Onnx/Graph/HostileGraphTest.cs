using System.Globalization;
using MLSegmentation.Training.Onnx;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

/// <summary>Graphs that nobody exports: reading them ends, and with nothing but an error that says so.</summary>
[TestClass]
public sealed class HostileGraphTest
{
    private const int Flips = 1000;

    private static readonly Dictionary<string, Func<byte[]>> _graphs = new()
    {
        ["softmax"] = () => TestGraphs.Foreign(isSoftmaxed: true),
        ["foreground"] = () => AnalysedGraph.Model(
            (graph, image) => graph.Node(
                "Slice",
                [graph.Node("Softmax", [graph.Conv(Normalised(graph, image), 2)], ("axis", 1L)), graph.Integers(1),
                    graph.Integers(2), graph.Integers(1)]), OnnxElementType.Float, "n", 1, "h", "w"),
        ["labels"] = () => AnalysedGraph.Model(
            (graph, image) => graph.Node("Cast", [graph.Node(
                "ArgMax", [graph.Node("Concat", [graph.Conv(image, 2), graph.Conv(image, 3)], ("axis", 1L))],
                ("axis", 1L), ("keepdims", 0L))], ("to", 7L)), OnnxElementType.Int64, "n", "h", "w"),
        ["prototypes"] = () => AnalysedGraph.Model(OnnxElementType.Float, [1, 3, 64, 64], (graph, image) =>
        {
            graph.Output("output0", graph.Node("Reshape", [image, graph.Integers(1, 37, -1)]), OnnxElementType.Float, 1, 37, 84);
            graph.Output("output1", graph.Conv(image, 32), OnnxElementType.Float, 1, 32, 16, 16);
        }),
    };

    [TestMethod]
    [DataRow("softmax")]
    [DataRow("foreground")]
    [DataRow("labels")]
    [DataRow("prototypes")]
    public void Read_FlippedBits_EndsWithAnErrorAtMost(string name)
    {
        byte[] model = _graphs[name]();
        var random = new Random(14);
        int read = 0;
        for (int i = 0; i < Flips; i++)
        {
            byte[] damaged = [.. model];
            for (int flips = random.Next(1, 4); flips > 0; flips--)
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                Analyse(damaged);
                read++;
            }
            catch (InvalidDataException)
            {
                // The model is damaged, and is said to be.
            }
            catch (Exception error)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{name}, {i}: {error}"));
            }
        }
        Assert.IsGreaterThan(Flips / 10, read);
    }

    [TestMethod]
    public void Read_CutOffAnywhere_EndsWithAnErrorAtMost()
    {
        byte[] model = TestGraphs.Foreign(isSoftmaxed: true);
        for (int length = 0; length < model.Length; length++) _ = OnnxGraphReader.Read(model.AsSpan(0, length));
    }

    [TestMethod]
    public void Read_NodesInACircle_Ends()
    {
        byte[] model = AnalysedGraph.Model((graph, image) =>
        {
            string sum = graph.Node("Add", ["/Identity", image]);
            return graph.Node("Identity", [graph.Node("Mul", [sum, sum])]);
        }, OnnxElementType.Float, "n", 4, "h", "w");

        Analyse(model);
    }

    [TestMethod]
    public void Read_SumsOfSums_Ends()
    {
        byte[] model = AnalysedGraph.Model((graph, image) =>
        {
            string value = image;
            for (int i = 0; i < 2000; i++) value = graph.Node(i % 2 == 0 ? "Add" : "Concat", [value, value], ("axis", 1L));
            return value;
        }, OnnxElementType.Float, "n", 4, "h", "w");

        Analyse(model);
    }

    [TestMethod]
    public void Read_LongChainOfNodes_Ends()
    {
        byte[] model = AnalysedGraph.Model((graph, image) =>
        {
            string value = graph.Conv(image, 4);
            for (int i = 0; i < 3000; i++) value = graph.Node("Identity", [value]);
            return value;
        }, OnnxElementType.Float, "n", 4, "h", "w");

        Assert.IsNull(AnalysedGraph.Read(model).Best!.Kind);
    }

    [TestMethod]
    [DataRow(60)]
    [DataRow(50_000)]
    public void Read_SlicesOfSlices_Ends(int count) => Analyse(AnalysedGraph.Model((graph, image) =>
    {
        string value = image, first = graph.Integers(-1), end = graph.Integers(long.MaxValue), axis = graph.Integers(1);
        for (int i = 0; i < count; i++) value = graph.Node("Slice", [value, first, end, axis]);
        return value;
    }, OnnxElementType.Float, "n", 4, "h", "w"));

    [TestMethod]
    public void Read_LongNamesOfSizes_Ends()
    {
        string name = string.Join(' ', Enumerable.Repeat("a", 100_000));

        Analyse(AnalysedGraph.Model(
            OnnxElementType.Float, ["n", 3, name, name],
            (graph, image) => graph.Output("out", graph.Conv(image, 2), OnnxElementType.Float, "n", 2, name + "b", name + "b")));
    }

    [TestMethod]
    public void Read_SumOfItselfManyTimes_Ends() => Analyse(AnalysedGraph.Model(
        (graph, _) => graph.Node("Sum", [.. Enumerable.Repeat("/Sum", 300_000)]), OnnxElementType.Float, "n", 4, "h", "w"));

    [TestMethod]
    public void Read_MoreNodesThanAnyNetworkHas_TellsNothing()
    {
        byte[] model = EditedModel.With(proto =>
        {
            for (int i = 0; i < 1 << 17; i++) proto.Graph.Node.Add(new NodeProto());
        });

        Assert.IsNull(OnnxGraphReader.Read(model).MakerOf("/Conv"));
    }

    private static string Normalised(OnnxGraphBuilder graph, string image) =>
        graph.Node("Div", [graph.Node("Sub", [image, graph.Number(0.5f)]), graph.Number(0.5f)]);

    /// <summary>All that is read of a model without a session.</summary>
    private static void Analyse(byte[] model)
    {
        OnnxModelFile.Check(model, "The model");
        OnnxGraph graph = OnnxGraphReader.Read(model);
        if (OnnxDeclaration.TryRead(model) is not { } declared) return;
        foreach (OnnxValueInfo value in declared.Inputs)
        {
            if (ImageInputFormat.Of(value, graph) is not { } input) continue;
            var outputs = new SegmentationOutputs(graph, declared.Inputs, declared.Outputs, input, classes: 2);
            _ = outputs.OtherModel;
            _ = GraphPreparation.Find(graph, input);
        }
    }
}
