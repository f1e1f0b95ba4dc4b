using Microsoft.ML;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TrainerCatalogTest
{
    private static readonly TrainerCatalog _trainers = new MLContext(1).Segmentation.Trainers;

    public static IEnumerable<object[]> Mistakes()
    {
        object[] Case(string parameter, Action call) => [parameter, call];
        yield return Case("epochs", () => _trainers.UNet(epochs: 0));
        yield return Case("epochs", () => _trainers.FullyConvolutionalNetwork(epochs: -1));
        yield return Case("epochs", () => _trainers.ConvolutionalAutoencoder(epochs: 0));
        yield return Case("latent", () => _trainers.ConvolutionalAutoencoder(latent: 0));
        yield return Case("epochs", () => _trainers.ResidualNetwork(epochs: 0));
        yield return Case("options", () => _trainers.UNet(null!));
        yield return Case("Epochs", () => _trainers.UNet(new SegmentationTrainerOptions { Epochs = 0 }));
        yield return Case("Resume", () => _trainers.UNet(new SegmentationTrainerOptions { Resume = true }));
        yield return Case("Latent", () => _trainers.ConvolutionalAutoencoder(new AutoencoderTrainerOptions { Latent = 0 }));
        yield return Case("width", () => ConvolutionalAutoencoder.Create(width: 30, height: 28));
        yield return Case("height", () => ConvolutionalAutoencoder.Create(width: 28, height: 0));
        yield return Case("width", () => Shape.Map(channels: 3, width: 0, height: 8));
        yield return Case("stride", () => KerasFcn.Create(new CompactEncoder(), classes: 2, stride: 4));
    }

    [TestMethod]
    [DynamicData(nameof(Mistakes))]
    public void Call_Mistake_NamesTheParameterOrOptionOfTheCaller(string parameter, Action call) =>
        Assert.AreEqual(parameter, Assert.Throws<ArgumentException>(call).ParamName);
}
