using Google.Protobuf;
using MLSegmentation.Tests;
using MLSegmentation.Training.Networks;
using MLSegmentation.Training.Onnx;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class ResNetOnnxReaderTest
{
    private static readonly int[] _channels = [2, 3, 4, 5], _blocks = [1, 2, 1, 1];

    [TestMethod]
    public void Read_GeneratedNames_NamesEachWeightByItsPlace() => With(Small(), file =>
    {
        Assert.AreEqual(WeightForm.Onnx, file.Form);
        string[] convolutions = [.. file.Weights.Where(weight => weight.Shape.Length == 4)
            .Select(weight => $"{weight.Name} {WeightShape.Print(weight.Shape)}")];
        CollectionAssert.AreEqual(
            new[]
            {
                "conv1.weight 2×3×7×7",
                "layer1.0.conv1.weight 2×2×3×3", "layer1.0.conv2.weight 2×2×3×3",
                "layer2.0.conv1.weight 3×2×3×3", "layer2.0.conv2.weight 3×3×3×3", "layer2.0.downsample.0.weight 3×2×1×1",
                "layer2.1.conv1.weight 3×3×3×3", "layer2.1.conv2.weight 3×3×3×3",
                "layer3.0.conv1.weight 4×3×3×3", "layer3.0.conv2.weight 4×4×3×3", "layer3.0.downsample.0.weight 4×3×1×1",
                "layer4.0.conv1.weight 5×4×3×3", "layer4.0.conv2.weight 5×5×3×3", "layer4.0.downsample.0.weight 5×4×1×1",
            },
            convolutions);
        string[] second = [.. file.Weights.Select(weight => weight.Name).Where(name => name.StartsWith("layer2.0.bn1", default))];
        CollectionAssert.AreEqual(
            new[] { "weight", "bias", "running_mean", "running_var" }.Select(name => $"layer2.0.bn1.{name}").ToArray(), second);

        // The stem's convolution is the first tensor that was made, its scale the second.
        CollectionAssert.AreEqual(
            Enumerable.Range(0, 2 * 3 * 7 * 7).Select(number => (float)number).ToArray(), file.Read(Named(file, "conv1.weight")));
        CollectionAssert.AreEqual(new float[] { 1, 2 }, file.Read(Named(file, "bn1.weight")));
        CollectionAssert.AreEqual(new float[] { 4, 5 }, file.Read(Named(file, "bn1.running_var")));
    });

    [TestMethod]
    public void Read_NumbersAsBytes_ReadsTheSame()
    {
        ModelProto model = Small();
        foreach (TensorProto tensor in model.Graph.Initializer)
        {
            tensor.RawData = ByteString.CopyFrom([.. tensor.FloatData.SelectMany(BitConverter.GetBytes)]);
            tensor.FloatData.Clear();
        }

        With(model, file => CollectionAssert.AreEqual(new float[] { 1, 2 }, file.Read(Named(file, "bn1.weight"))));
    }

    [TestMethod]
    public void Open_File_ExpectsTheImagesOfCntk() => WeightFixtures.WithFile(Small().ToByteArray(), path =>
    {
        using var weights = PretrainedWeights.Open(path);
        Assert.AreEqual(ImagePreprocessing.Cntk, weights.Preprocessing);
    });

    [TestMethod]
    [DataRow("producer", "it is ONNX of 'pytorch', expected CNTK's ResNet-18")]
    [DataRow("operators", "its operators are of version 6, expected 7 or later")]
    [DataRow("epsilon", "has an epsilon of 0.001", "expected 1E-05")]
    [DataRow("spatial", "the BatchNormalization", "is not spatial")]
    [DataRow("strides", "has strides 3, 3, expected 2, 2")]
    [DataRow("pads", "has pads 0, 0, 0, 0, expected 3, 3, 3, 3 or 3, 3, 2, 2")]
    [DataRow("dilations", "has dilations 2, 2, expected 1, 1")]
    [DataRow("group", "has 2 groups, expected 1")]
    [DataRow("kernel", "with weights of 2×3×5×5, expected the map and weights of 7×7")]
    [DataRow("bias", "takes 3 values, with weights of 2×3×7×7")]
    [DataRow("auto_pad", "pads by itself, expected pads that are given")]
    [DataRow("sigmoid", "goes to 'Sigmoid', expected one Relu")]
    [DataRow("sum", "adds")]
    [DataRow("circle", "is met twice, or makes more than one value")]
    [DataRow("behind", "its graph has 47 nodes, of which 46 are a residual network's")]
    [DataRow("missing", "no tensor of the file")]
    [DataRow("twice", "two of its tensors are called")]
    [DataRow("few", "(type 1, 2) has its numbers in 1 piece, expected 32-bit floats in one piece, as many as the shape has")]
    [DataRow("double", "(type 11, 2)")]
    [DataRow("huge", "9223372036854775807")]
    [DataRow("outside", "keeps weights in another file")]
    [DataRow("inputs", "has 2 inputs that are no weights, expected one, the image")]
    public void Read_OtherThanSuchANetwork_SaysWhatItFound(string change, params string[] expected)
    {
        ModelProto model = Small();
        Change(model, change);

        WeightFixtures.WithFile(model.ToByteArray(), path =>
        {
            var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightFile.Open(path).Dispose());
            foreach (string part in expected) Assert.Contains(part, error.Message);
            Assert.Contains(path, error.Message);
        });
    }

    [TestMethod]
    public void Open_TruncatedAnywhere_IsRefused()
    {
        byte[] whole = Small().ToByteArray();
        foreach (int length in Enumerable.Range(0, 60).Select(part => whole.Length * part / 60).Append(whole.Length - 1))
            Assert.ThrowsExactly<InvalidDataException>(() => WeightFixtures.OpenBytes(whole[..length]), $"{length} bytes");
    }

    private static void Change(ModelProto model, string change)
    {
        GraphProto graph = model.Graph;
        NodeProto stem = graph.Node[0], normalization = graph.Node[1];
        TensorProto scale = graph.Initializer.Single(tensor => tensor.Name == normalization.Input[1]);
        NodeProto Last(string operation) => graph.Node.Last(node => node.OpType == operation);
        void Set(NodeProto node, string name, object value)
        {
            AttributeProto old = node.Attribute.Single(attribute => attribute.Name == name);
            node.Attribute[node.Attribute.IndexOf(old)] = OnnxSchema.Attribute(name, value);
        }

        switch (change)
        {
            case "producer": model.ProducerName = "pytorch"; break;
            case "operators": model.OpsetImport[0].Version = 6; break;
            case "epsilon": Set(normalization, "epsilon", 1e-3f); break;
            case "spatial": Set(normalization, "spatial", 0L); break;
            case "strides": Set(stem, "strides", new long[] { 3, 3 }); break;
            case "pads": Set(stem, "pads", new long[] { 0, 0, 0, 0 }); break;
            case "dilations": Set(stem, "dilations", new long[] { 2, 2 }); break;
            case "group": Set(stem, "group", 2L); break;
            case "auto_pad": Set(stem, "auto_pad", "SAME_UPPER"); break;
            case "kernel":
                TensorProto kernel = graph.Initializer.Single(tensor => tensor.Name == stem.Input[1]);
                (kernel.Dims[2], kernel.Dims[3]) = (5, 5);
                while (kernel.FloatData.Count > 2 * 3 * 5 * 5) kernel.FloatData.RemoveAt(kernel.FloatData.Count - 1);
                break;
            case "bias": stem.Input.Add(scale.Name); break;
            case "sigmoid": graph.Node[2].OpType = "Sigmoid"; break;
            case "sum": Last("Add").Input[1] = Last("Add").Input[0]; break;
            case "circle": Last("Relu").Output[0] = graph.Node[3].Output[0]; break;
            case "behind":
                graph.Node.Add(new NodeProto { OpType = "Relu", Input = { Last("AveragePool").Output[0] }, Output = { "end" } });
                break;
            case "missing": normalization.Input[4] = "none"; break;
            case "twice": graph.Initializer.Add(scale.Clone()); break;
            case "few": scale.FloatData.RemoveAt(0); break;
            case "double": scale.DataType = 11; break;
            case "huge": scale.Dims[0] = long.MaxValue; break;
            case "outside":
                // data_location = EXTERNAL, a field that the exporter's schema does not have.
                scale.MergeFrom(new byte[] { 14 << 3, 1 });
                break;
            case "inputs": graph.Input.Add(new ValueInfoProto(graph.Input[0]) { Name = "other" }); break;
            default: throw new ArgumentException($"There is no change '{change}'.");
        }
    }

    private static ModelProto Small() => CntkResNet.Create(_channels, _blocks);

    private static StoredWeight Named(WeightFile file, string name) => file.Weights.Single(weight => weight.Name == name);

    private static void With(ModelProto model, Action<WeightFile> use) => WeightFixtures.WithFile(model.ToByteArray(), path =>
    {
        using WeightFile file = WeightFile.Open(path);
        use(file);
    });
}
