using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class ImagePreprocessingTest
{
    [TestMethod]
    [DynamicData(nameof(Pixels))]
    public void Apply_OnePixel_IsWhatTheWeightsExpect(ImagePreprocessing preprocessing, float[] expected)
    {
        using var scope = NewDisposeScope();
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 1, 1));
        using var network = new TorchNetwork(new LayerGraph("preprocessing", [image], [preprocessing.Apply(image)]));

        float[] actual = network.call(tensor(new float[] { 0, 51, 255 }, [1, 3, 1, 1]))[0].data<float>().ToArray();

        for (int channel = 0; channel < 3; channel++) Assert.AreEqual(expected[channel], actual[channel], 1e-4f);
    }

    public static IEnumerable<object[]> Pixels()
    {
        yield return [ImagePreprocessing.Centred, new[] { -1.9921875f, -1.1953125f, 1.9921875f }];
        yield return [ImagePreprocessing.Keras, new[] { 255 - 103.939f, 51 - 116.779f, 0 - 123.68f }];
        float[] torchvision = [-0.485f / 0.229f, (0.2f - 0.456f) / 0.224f, (1 - 0.406f) / 0.225f];
        yield return [ImagePreprocessing.Torchvision, torchvision];
    }

    [TestMethod]
    public void Apply_GrayImageToColourMeans_NamesLayerAndShape()
    {
        SymbolicTensor gray = SymbolicTensor.Input(Shape.Map(1, 8, 8));

        var error = Assert.ThrowsExactly<ArgumentException>(() => ImagePreprocessing.Keras.Apply(gray));

        StringAssert.Contains(error.Message, "'normalization'");
        StringAssert.Contains(error.Message, "(None, 8, 8, 1)");
        StringAssert.Contains(error.Message, "3 channels");
    }
}
