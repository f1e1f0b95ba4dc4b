using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>A segmentation network that can be asked for by its name.</summary>
/// <param name="Name">Its name, such as <c>unet-compact</c>: topology and encoder.</param>
/// <param name="Description">What it is good for, in a few words.</param>
/// <param name="CreateEncoder">Makes its downsampling path.</param>
/// <param name="CreateGraph">Describes the network over such an encoder, for a number of classes.</param>
public sealed record SegmentationNetwork(
    string Name, string Description, Func<Encoder> CreateEncoder, Func<Encoder, int, LayerGraph> CreateGraph);
