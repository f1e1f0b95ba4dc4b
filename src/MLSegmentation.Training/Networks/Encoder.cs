using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>The downsampling path of a segmentation network: what turns an image into feature maps of falling resolution.</summary>
public abstract class Encoder
{
    /// <summary>The encoder's name within a network's, such as <c>compact</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Applies the encoder to an image of 0 to 255, its normalisation included.</summary>
    /// <returns>The feature maps at strides 2, 4, 8, 16 and 32, in this order.</returns>
    public abstract IReadOnlyList<SymbolicTensor> Apply(SymbolicTensor image);
}
