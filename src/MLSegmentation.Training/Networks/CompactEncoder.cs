using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// A small encoder that trains from scratch on a processor with two cores: five stages that halve the size, each a strided
/// convolution and then a residual block (He et al. 2016), with batch normalisation. 3×H×W becomes 24×H/2×W/2 … 224×H/32×W/32.
/// </summary>
public sealed record CompactEncoder : Encoder
{
    private static readonly long[] _channels = [24, 48, 96, 160, 224];

    /// <inheritdoc/>
    public override string Name => "compact";

    /// <inheritdoc/>
    protected override IReadOnlyList<SymbolicTensor> ApplyStages(SymbolicTensor image)
    {
        SymbolicTensor x = image;
        var features = new List<SymbolicTensor>();
        for (int stage = 0; stage < _channels.Length; stage++)
        {
            string name = $"stage{stage + 1}";
            x = ConvolutionBlock.Apply(x, $"{name}_down", _channels[stage], stride: 2);
            if (stage > 0) x = ConvolutionBlock.ApplyResidual(x, $"{name}_residual", _channels[stage]);
            features.Add(x);
        }
        return features;
    }
}
