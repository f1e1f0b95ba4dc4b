using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class NormalizationTest
{
    [TestMethod]
    public void Forward_WhileAnotherThreadCollects_KeepsItsConstants()
    {
        using var noGradients = no_grad();
        using Tensor x = full([64, 1, 28, 28], 102f);
        var layer = new Normalization([0], [255]);
        using var collecting = new CollectingThread();
        for (int i = 0; i < 3000; i++)
        {
            using Tensor y = layer.Forward([x], [], isTraining: true);
            if (i % 100 == 0) Assert.AreEqual(0.4f, y[63, 0, 27, 27].item<float>(), 1e-6f);
        }
    }
}
