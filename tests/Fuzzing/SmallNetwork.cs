using MLSegmentation.Training;
using MLSegmentation.Training.Layers;

namespace Fuzzing;

/// <summary>A network of one layer, for files to damage.</summary>
internal static class SmallNetwork
{
    private const int Classes = 2, Channels = 3;

    public static TorchNetwork Create()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(Channels, Shape.Any, Shape.Any));
        return new TorchNetwork(new LayerGraph("small", [image], [new Conv2D(Classes, 1) { Name = "score" }.Apply(image)]));
    }
}
