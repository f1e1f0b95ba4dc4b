using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class LightUNetTest : NetworkLadder
{
    protected override LayerGraph Create(int classes) => LightUNet.Create(new CompactEncoder(), classes);
}
