using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class FullyConvolutionalNetworkTest : NetworkLadder
{
    protected override LayerGraph Create(int classes) => FullyConvolutionalNetwork.Create(new CompactEncoder(), classes);
}
