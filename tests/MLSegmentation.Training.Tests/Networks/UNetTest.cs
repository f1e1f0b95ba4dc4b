using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class UNetTest : NetworkLadder
{
    protected override LayerGraph Create(int classes) => UNet.Create(new CompactEncoder(), classes);

    [TestMethod]
    public void Export_OverResNet_AgreesWithTorch() =>
        AssertAgreement(UNet.Create(new ResNetEncoder(18) { Preprocessing = ImagePreprocessing.Torchvision }, Classes), 64, 32);
}
