using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Tests;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>
/// The real weights of ImageNet give, for a photograph, the maps that ONNX Runtime computes of the file itself: another binding
/// of it recorded them.
/// </summary>
[TestClass]
public sealed class ImageNetResNetTest
{
    private const double Tolerance = 1e-3;
    private static readonly ResNetEncoder _encoder = new(20) { Preprocessing = ImagePreprocessing.Cntk };

    [TestMethod]
    public void LoadInto_Photograph_GivesTheRecordedMapsInTorchAndOnnx()
    {
        using var scope = NewDisposeScope();
        using WeightFile recorded = WeightFile.Open(SharedData.Require("oracles", "resnet18_imagenet.safetensors"));
        using TorchNetwork network = Load();
        network.eval();
        using var noGradients = no_grad();
        Tensor image = Image();

        var torch = network.call(image);
        using var session = new InferenceSession(Export(network));
        var onnx = OnnxRun.All(session, image);

        for (int stage = 1; stage <= 4; stage++)
        {
            Tensor expected = Recorded(recorded, $"layer{stage}");
            AssertClose(expected, torch[stage], $"layer{stage} in Torch");
            AssertClose(expected, onnx[$"stage{stage}"], $"layer{stage} in ONNX");
        }
        Tensor pooled = Recorded(recorded, "pooled");
        AssertClose(pooled, torch[4].mean([2, 3], keepdim: true), "pooled in Torch");
        AssertClose(pooled, onnx["stage4"].mean([2, 3], keepdim: true), "pooled in ONNX");
    }

    [TestMethod]
    public void Call_AnotherSize_LearnsInEveryLayer()
    {
        using var scope = NewDisposeScope();
        using TorchNetwork network = Load();
        using var random = new Generator(3);

        network.call(rand([2, 3, 64, 96], generator: random).Times(255))[^1].sum().backward();

        Assert.AreEqual(15_897_152, network.Graph.TrainableParameterCount);
        foreach (Tensor weight in network.parameters())
            Assert.IsGreaterThan(0, weight.grad!.abs().sum().item<float>());
    }

    private static TorchNetwork Load()
    {
        using var weights = PretrainedWeights.Open(RealResNet.Path);
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        var network = new TorchNetwork(new LayerGraph(_encoder.Name, [image], _encoder.Apply(image)));
        weights.LoadInto(network, _encoder);
        return network;
    }

    private static byte[] Export(TorchNetwork network)
    {
        var onnx = new OnnxGraphBuilder("encoder");
        Shape shape = Shape.Map(3, Shape.Any, Shape.Any);
        string input = onnx.Input("image", OnnxElementType.Float, GraphExporter.Dimensions(shape));
        var outputs = GraphExporter.Write(network, onnx, input, shape);
        for (int stage = 0; stage < outputs.Count; stage++)
        {
            onnx.Output(
                $"stage{stage}", outputs[stage].Name, OnnxElementType.Float, GraphExporter.Dimensions(outputs[stage].Shape));
        }
        return onnx.ToModel(new Dictionary<string, string>());
    }

    /// <summary>The photograph, whose pixels lie in rows of red, green and blue.</summary>
    private static Tensor Image()
    {
        const int Side = 224, HeaderLengthBytes = 8;
        byte[] file = File.ReadAllBytes(SharedData.Require("oracles", "resnet18_imagenet.safetensors"));
        int data = HeaderLengthBytes + (int)BitConverter.ToInt64(file);
        using var header = JsonDocument.Parse(file.AsMemory(HeaderLengthBytes..data));
        int start = header.RootElement.GetProperty("image").GetProperty("data_offsets")[0].GetInt32();
        byte[] pixels = file[(data + start)..][..(3 * Side * Side)];
        return tensor(pixels, [1, Side, Side, 3]).permute(0, 3, 1, 2).to(float32).contiguous();
    }

    private static Tensor Recorded(WeightFile file, string name)
    {
        StoredWeight stored = file.Weights.Single(weight => weight.Name == name);
        return tensor(file.Read(stored), stored.Shape);
    }

    private static void AssertClose(Tensor expected, Tensor actual, string what)
    {
        CollectionAssert.AreEqual(expected.shape, actual.shape, what);
        double largest = expected.abs().max().item<float>(), difference = (actual - expected).abs().max().item<float>();
        Assert.IsLessThan(Tolerance, difference / largest, what);
    }
}
