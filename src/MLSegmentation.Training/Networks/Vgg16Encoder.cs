using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// VGG16 without its classifier (Simonyan and Zisserman 2015, table 1, column D), with Keras's layer names. It is five blocks of
/// 3×3 convolutions with ReLU, each with a max-pooling after it. 3×H×W becomes 64×H/2×W/2 … 512×H/32×W/32, the results of
/// <c>block1_pool</c> to <c>block5_pool</c>. It has 14,714,688 parameters.
/// </summary>
public sealed record Vgg16Encoder : Encoder
{
    private static readonly (int Convolutions, long Channels)[] _blocks = [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)];

    /// <inheritdoc/>
    public override string Name => "vgg16";

    /// <inheritdoc/>
    protected override IReadOnlyList<SymbolicTensor> ApplyStages(SymbolicTensor image)
    {
        SymbolicTensor x = image;
        var features = new List<SymbolicTensor>();
        foreach (var (convolutions, channels) in _blocks)
        {
            string block = $"block{features.Count + 1}";
            for (int i = 1; i <= convolutions; i++)
            {
                x = new Conv2D(channels, 3)
                {
                    Name = $"{block}_conv{i}",
                    Activation = Activation.Relu,
                    // Without batch normalisation Glorot's start lets the signal fade (He et al. 2015, section 2.2).
                    KernelInitializer = Initializer.HeNormal(x.Shape.Channels * 3 * 3),
                }.Apply(x);
            }
            x = new MaxPool2D(2) { Name = $"{block}_pool" }.Apply(x);
            features.Add(x);
        }
        return features;
    }
}
