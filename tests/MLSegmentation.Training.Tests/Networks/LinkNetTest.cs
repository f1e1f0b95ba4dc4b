using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class LinkNetTest : NetworkLadder
{
    protected override LayerGraph Create(int classes) => LinkNet.Create(new CompactEncoder(), classes);
}
