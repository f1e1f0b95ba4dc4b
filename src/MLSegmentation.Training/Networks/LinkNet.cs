using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// LinkNet (Chaurasia and Culurciello 2017, figures 1 and 2). The encoder's last map is brought back up by bottleneck blocks, and
/// at each size the encoder's map of that size is added. A block narrows to a quarter of the channels, doubles the size by a
/// transposed convolution, and widens to the channels of the map that follows. It answers the class scores (logits) of each
/// pixel, computed at half the image's size and interpolated.
/// </summary>
/// <remarks>
/// The transposed convolutions are of 4×4, not 3×3: such a kernel covers every place alike, and is exported as a convolution. The
/// paper's last step, three convolutions at half and at full size, is one block here and the interpolation.
/// </remarks>
public static class LinkNet
{
    private const int HalfSizeWidth = 32;

    /// <summary>Describes the network.</summary>
    /// <param name="encoder">The downsampling path.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="channels">Channels of the image, 3 for RGB. Default 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than that.</exception>
    public static LayerGraph Create(Encoder encoder, int classes, int channels = 3)
    {
        return EncoderDecoder.Create("linknet", encoder, classes, channels, features =>
        {
            SymbolicTensor x = features[^1];
            for (int i = features.Count - 2; i >= 1; i--)
            {
                string name = $"up{1 << (i + 1)}";
                x = new Add { Name = $"{name}_add" }.Apply(Block(x, name, features[i].Shape.Channels), features[i]);
            }
            x = ConvolutionBlock.Apply(Block(x, "up2", HalfSizeWidth), "up2_conv", HalfSizeWidth);
            return EncoderDecoder.Score(x, classes, 2);
        });
    }

    private static SymbolicTensor Block(SymbolicTensor x, string name, long filters)
    {
        long narrow = x.Shape.Channels / 4;
        x = ConvolutionBlock.Apply(x, $"{name}_narrow", narrow, kernelSize: 1);
        x = new Conv2DTranspose(narrow, 4) { Name = $"{name}_double", Stride = 2, UseBias = false }.Apply(x);
        x = ConvolutionBlock.Normalize(x, $"{name}_double");
        return ConvolutionBlock.Apply(x, $"{name}_widen", filters, kernelSize: 1);
    }
}
