using System.Text.Json;
using MLSegmentation.Tests;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>The encoder against a plain PyTorch network with torchvision's names; <c>Oracles/resnet.py</c> made it.</summary>
[TestClass]
public sealed class ResNetEncoderTest
{
    private const int ImageSeed = 999;

    [TestMethod]
    [DataRow(18, 11_176_512)]
    [DataRow(20, 15_897_152)]
    [DataRow(34, 21_284_672)]
    public void Create_EachDepth_HasTorchvisionsParameters(int depth, long expected) =>
        Assert.AreEqual(expected, Graph(depth, 64, 64).TrainableParameterCount);

    [TestMethod]
    public void Constructor_OtherDepth_SaysWhichThereAre()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ResNetEncoder(50));

        StringAssert.Contains(error.Message, "18, 20 and 34");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Forward_TorchvisionsWeights_AgreesWithPyTorch(int index)
    {
        using var scope = NewDisposeScope();
        using var file = JsonDocument.Parse(File.ReadAllBytes(
            Path.Combine(SharedData.Repository, "tests", "MLSegmentation.Training.Tests", "Networks", "Oracles", "resnet.json")));
        JsonElement @case = file.RootElement[index];
        int height = @case.GetProperty("height").GetInt32(), width = @case.GetProperty("width").GetInt32();
        using var network = new TorchNetwork(Graph(@case.GetProperty("depth").GetInt32(), height, width));
        network.eval();
        using var noGradients = no_grad();
        Fill(network, @case.GetProperty("weights"));
        Tensor image = Noise(3 * height * width, ImageSeed).Plus(1).Times(127.5);

        var features = network.call(image.view(1, 3, height, width));

        Assert.HasCount(5, features);
        foreach (var (actual, expected) in features.Zip(@case.GetProperty("features").EnumerateArray()))
        {
            CollectionAssert.AreEqual(expected.GetProperty("shape").Deserialize<long[]>(), actual.shape);
            double mean = expected.GetProperty("mean").GetDouble();
            float[] values = actual.contiguous().data<float>().ToArray();
            float[] samples = expected.GetProperty("samples").Deserialize<float[]>()!;
            Assert.AreEqual(mean, actual.mean().item<float>(), 1e-4 * mean);
            for (int i = 0; i < samples.Length; i++)
            {
                float value = values[i * (values.Length - 1) / (samples.Length - 1)];
                Assert.AreEqual(samples[i], value, 1e-4 * (mean + samples[i]));
            }
        }
    }

    /// <summary>Dilation in place of the last stride: every second value of the finer map is that of the coarser one.</summary>
    [TestMethod]
    public void Forward_OutputStride16_AnswersTheSameAtEverySecondPixel()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(4);
        Tensor image = rand([1, 3, 96, 64], generator: random).Times(255);
        Tensor[] Features(int outputStride)
        {
            SymbolicTensor x = SymbolicTensor.Input(Shape.Map(3, 64, 96));
            using var network = new TorchNetwork(
                new LayerGraph("resnet", [x], new ResNetEncoder(20) { OutputStride = outputStride }.Apply(x)), seed: 2);
            network.eval();
            using var noGradients = no_grad();
            return [.. network.call(image)];
        }

        Tensor[] strided = Features(32), dilated = Features(16);

        CollectionAssert.AreEqual(new long[] { 1, 512, 6, 4 }, dilated[4].shape);
        Tensor every = dilated[4][.., .., TensorIndex.Slice(step: 2), TensorIndex.Slice(step: 2)];
        float scale = strided[4].abs().max().item<float>();
        Assert.IsGreaterThan(0.1f, scale);
        Assert.IsLessThan(1e-5f * scale, (every - strided[4]).abs().max().item<float>());
        Assert.IsTrue(dilated[3].equal(strided[3]).all().item<bool>());
    }

    private static void Fill(TorchNetwork network, JsonElement weights)
    {
        var byName = new Dictionary<string, Tensor>();
        foreach (var (layer, name, specs) in network.Graph.WeightedLayers)
        {
            foreach (var (spec, values) in specs.Zip(network.WeightsOf(layer)))
                byName.Add($"{name}.{TorchName(layer, spec.Name)}", values);
        }
        Assert.HasCount(byName.Count, weights.EnumerateArray().ToArray());
        int seed = 0;
        foreach (JsonElement weight in weights.EnumerateArray())
        {
            string name = weight[0].GetString()!;
            long[] shape = weight[1].Deserialize<long[]>()!;
            CollectionAssert.AreEqual(shape, byName[name].shape, name);
            using Tensor noise = Noise(shape.Aggregate(1L, (product, size) => product * size), seed++);
            bool isScale = name.Split('.')[^1] is "weight" or "running_var";
            using Tensor values = shape.Length == 4
                ? noise.Times(Math.Sqrt(6.0 / (shape[1] * shape[2] * shape[3])))
                : noise.Times(0.2).PlusInPlace(isScale ? 1 : 0);
            byName[name].copy_(values.view(shape));
        }
    }

    private static string TorchName(Layer layer, string name) => (layer, name) switch
    {
        (Conv2D, "kernel") or (BatchNormalization, "gamma") => "weight",
        (BatchNormalization, "beta") => "bias",
        (BatchNormalization, "moving_mean") => "running_mean",
        (BatchNormalization, "moving_variance") => "running_var",
        _ => throw new ArgumentException($"{layer.GetType().Name} has no {name}."),
    };

    /// <summary>Values in -1 to 1: the integer hash of the index that <c>resnet.py</c> computes.</summary>
    private static Tensor Noise(long count, int seed)
    {
        var values = new float[count];
        for (int i = 0; i < values.Length; i++)
        {
            uint h = unchecked((uint)i + (uint)seed * 1_000_003u);
            h = unchecked((h ^ (h >> 16)) * 0x45D9F3Bu);
            h = unchecked((h ^ (h >> 16)) * 0x45D9F3Bu);
            h ^= h >> 16;
            values[i] = (float)(h / 2147483648.0 - 1);
        }
        return tensor(values);
    }

    private static LayerGraph Graph(int depth, int height, int width)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, width, height));
        var encoder = new ResNetEncoder(depth) { Preprocessing = ImagePreprocessing.Torchvision };
        return new LayerGraph(encoder.Name, [image], encoder.Apply(image));
    }
}
