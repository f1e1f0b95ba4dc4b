using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests.Networks;

[TestClass]
public sealed class UNetOverResNetTest : NetworkLadder
{
    protected override LayerGraph Create(int classes) => UNet.Create(new ResNetEncoder(18), classes);
}
