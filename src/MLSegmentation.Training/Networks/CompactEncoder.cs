using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// A small encoder that trains from scratch on a processor with two cores. Each of its five stages halves the size by a strided
/// convolution, and residual blocks follow (He et al. 2016), with batch normalisation. 3×H×W becomes 24×H/2×W/2 … 224×H/32×W/32.
/// </summary>
public sealed record CompactEncoder : Encoder
{
    private const int Shallow = 13, Deep = 23;
    private static readonly long[] _channels = [24, 48, 96, 160, 224];

    /// <summary>Makes the encoder.</summary>
    /// <param name="depth">
    /// Its convolutions: 13, the default, or 23, whose ten more are at H/16 and H/32, where they cost least and see most.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">Another depth.</exception>
    public CompactEncoder(int depth = Shallow)
    {
        if (depth is not (Shallow or Deep))
        {
            throw new ArgumentOutOfRangeException(
                nameof(depth), depth, "There are compact encoders of 13 and of 23 convolutions; give one of these.");
        }
        Depth = depth;
    }

    /// <summary>Its convolutions.</summary>
    public int Depth { get; }

    /// <inheritdoc/>
    public override string Name => Depth == Shallow ? "compact" : $"compact{Depth}";

    /// <inheritdoc/>
    protected override IReadOnlyList<SymbolicTensor> ApplyStages(SymbolicTensor image)
    {
        int[] blocks = Depth == Shallow ? [0, 1, 1, 1, 1] : [0, 1, 1, 4, 3];
        SymbolicTensor x = image;
        var features = new List<SymbolicTensor>();
        for (int stage = 0; stage < _channels.Length; stage++)
        {
            string name = $"stage{stage + 1}";
            x = ConvolutionBlock.Apply(x, $"{name}_down", _channels[stage], stride: 2);
            for (int block = 0; block < blocks[stage]; block++)
            {
                string number = block == 0 ? "" : $"_block{block + 1}";
                x = ConvolutionBlock.ApplyResidual(x, $"{name}{number}_residual", _channels[stage]);
            }
            features.Add(x);
        }
        return features;
    }
}
