using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// A segmentation network that can be asked for by its name, and varied: <c>network with { HeadWidth = 4096 }</c>, or
/// <c>network with { Encoder = network.Encoder with { IsTrainable = false } }</c>.
/// </summary>
/// <param name="Name">Its name, such as <c>unet-compact</c>: topology and encoder.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="Encoder">Its downsampling path.</param>
/// <param name="CreateGraph">Describes the network, as it was varied, for a number of classes.</param>
public sealed record SegmentationNetwork(
    string Name, string Description, Encoder Encoder, Func<SegmentationNetwork, int, LayerGraph> CreateGraph)
{
    /// <summary>
    /// Channels of the head: between the encoder and the upsamplings of an FCN, of an FPN's pyramid, or of DeepLabV3+; 0 where
    /// the network has none. Default 0.
    /// </summary>
    public int HeadWidth { get; init; }

    /// <summary>
    /// Whether the upsamplings of <see cref="PaperFcn"/> learn from their bilinear start; null in networks that always learn
    /// theirs, or never. Default null.
    /// </summary>
    public bool? LearnsUpsampling { get; init; }

    /// <summary>
    /// The weights that a training starts from unless it is told otherwise: <see cref="Networks.Encoder.DefaultWeights"/>; null
    /// where that is at random.
    /// </summary>
    public string? DefaultWeights => Encoder.DefaultWeights;

    /// <summary>Describes the network for a number of classes.</summary>
    /// <param name="classes">At least 2.</param>
    public LayerGraph Create(int classes) => CreateGraph(this, classes);
}
