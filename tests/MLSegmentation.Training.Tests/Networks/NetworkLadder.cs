using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Layers;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Tests;

/// <summary>
/// What every segmentation network has to show: the same answer in both interpreters, any size, and that it can learn.
/// </summary>
public abstract class NetworkLadder
{
    protected const int Classes = 3;
    private const int Seed = 11;

    /// <summary>The part of the pixels that a network has to get right on images it was trained on.</summary>
    protected virtual double OverfitAccuracy => 0.97;

    protected abstract LayerGraph Create(int classes);

    [TestMethod]
    [DataRow(64, 64)]
    [DataRow(96, 160)]
    public void Export_TorchAndOnnxRuntime_AgreeAtAnySize(int height, int width) =>
        AssertAgreement(Create(Classes), height, width);

    [TestMethod]
    public void Train_OneImage_OverfitsIt()
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(Create(Classes), Seed);
        using var random = new Generator(5);
        Tensor image = rand([2, 3, 64, 64], generator: random).Times(40), labels = zeros(2, 64, 64, int64);
        image[.., 0, 16..40, 8..32].PlusInPlace(180);
        labels[.., 16..40, 8..32] = 1;
        image[.., 2, 30..60, 36..60].PlusInPlace(180);
        labels[.., 30..60, 36..60] = 2;
        using var adam = optim.Adam(network.parameters().Where(weight => weight.requires_grad), 2e-3);
        manual_seed(Seed);
        for (int step = 0; step < 60; step++)
        {
            using var stepScope = NewDisposeScope();
            adam.zero_grad();
            F.cross_entropy(network.call(image)[0], labels).backward();
            adam.step();
        }
        network.eval();
        using var noGradients = no_grad();

        double accuracy = network.call(image)[0].argmax(1).eq(labels).to(float32).mean().item<float>();

        Assert.IsGreaterThan(OverfitAccuracy, accuracy);
    }

    [TestMethod]
    public void Create_AnyEncoder_AnswersOneScorePerClassAndPixel()
    {
        LayerGraph graph = Create(Classes);
        Shape answer = graph.InferShapes(Shape.Map(3, 96, 128))[graph.Outputs[0]];

        Assert.AreEqual(Shape.Map(Classes, 96, 128), answer);
        Assert.AreEqual(32, graph.SizeMultiple);
    }

    protected static void AssertAgreement(LayerGraph graph, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(graph, Seed);
        network.eval();
        using var noGradients = no_grad();
        using var random = new Generator(5);
        foreach (Tensor statistic in network.buffers()) statistic.uniform_(0.5, 1.5, random);
        // Biases and score layers begin at zero, which would hide a difference.
        foreach (Tensor weight in network.parameters().Where(weight => weight.count_nonzero().item<long>() == 0))
            weight.uniform_(-0.1, 0.1, random);
        Tensor image = rand([2, 3, height, width], generator: random).Times(255);
        Tensor probabilities = F.softmax(network.call(image)[0], 1);

        using var session = new InferenceSession(SegmentationExporter.Export(network, Metadata()));
        var onnx = OnnxRun.All(session, image);

        CollectionAssert.AreEqual(new long[] { 2, Classes, height, width }, onnx["probabilities"].shape);
        Assert.IsLessThan(1e-4f, (onnx["probabilities"] - probabilities).abs().max().item<float>());
        double equal = onnx["mask"].eq(probabilities.argmax(1)).to(float32).mean().item<float>();
        Assert.IsGreaterThanOrEqualTo(0.9999, equal);
    }

    private static ImageModelMetadata Metadata() =>
        new() { ClassNames = [.. Enumerable.Range(0, Classes).Select(index => $"class {index}")] };
}
