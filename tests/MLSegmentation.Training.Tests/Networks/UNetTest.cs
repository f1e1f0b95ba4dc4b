using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests.Networks;

[TestClass]
public sealed class UNetTest : NetworkLadder
{
    protected override LayerGraph Create(int classes) => UNet.Create(new CompactEncoder(), classes);
}
