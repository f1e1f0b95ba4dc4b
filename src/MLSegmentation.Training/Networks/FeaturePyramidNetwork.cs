using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// A feature pyramid network (Lin et al. 2017, figure 3) with the semantic branch of Panoptic FPN (Kirillov et al. 2019,
/// figure 3). The encoder's maps at strides 4 to 32 are brought to one width and added up from the coarsest down. Each level is
/// brought to stride 4 by 3×3 convolutions and bilinear upsamplings, and their sum is scored. It answers the class scores
/// (logits) of each pixel, computed at a quarter of the image's size and interpolated.
/// </summary>
/// <remarks>
/// As in the papers, the branch has half the pyramid's width. Lin et al. smooth each level by a 3×3 convolution first; the branch
/// begins with one, so there is no other. It has batch normalisation in place of group normalisation.
/// </remarks>
public static class FeaturePyramidNetwork
{
    internal const int DefaultWidth = 128;

    /// <summary>Describes the network.</summary>
    /// <param name="encoder">The downsampling path.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="channels">Channels of the image, 3 for RGB. Default 3.</param>
    /// <param name="width">Channels of the pyramid, at least 1. Default 128; the papers have 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than that.</exception>
    public static LayerGraph Create(Encoder encoder, int classes, int channels = 3, int width = DefaultWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        return EncoderDecoder.Create("fpn", encoder, classes, channels, features =>
        {
            SymbolicTensor level = Lateral(features[^1], features.Count, width);
            SymbolicTensor x = ToStride4(level, features.Count, (width + 1) / 2);
            for (int number = features.Count - 1; number >= 2; number--)
            {
                SymbolicTensor finer = new UpSampling2D(2) { Name = $"p{number}_upsample" }.Apply(level);
                level = new Add { Name = $"p{number}_add" }.Apply(finer, Lateral(features[number - 1], number, width));
                x = new Add { Name = $"semantic{number}_add" }.Apply(x, ToStride4(level, number, (width + 1) / 2));
            }
            return EncoderDecoder.Score(x, classes, 4);
        });
    }

    private static SymbolicTensor Lateral(SymbolicTensor feature, int number, int width) =>
        new Conv2D(width, 1) { Name = $"p{number}_lateral" }.Apply(feature);

    /// <summary>
    /// A level of stride 2ⁿ at stride 4: n - 2 times a convolution and an upsampling; for stride 4 one convolution.
    /// </summary>
    private static SymbolicTensor ToStride4(SymbolicTensor x, int number, int filters)
    {
        if (number == 2) return ConvolutionBlock.Apply(x, "semantic2_conv", filters);
        for (int step = 1; step <= number - 2; step++)
        {
            string name = $"semantic{number}_{step}";
            x = ConvolutionBlock.Apply(x, $"{name}_conv", filters);
            x = new UpSampling2D(2, Interpolation.Bilinear) { Name = $"{name}_upsample" }.Apply(x);
        }
        return x;
    }
}
