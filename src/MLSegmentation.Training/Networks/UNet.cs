using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// A U-Net (Ronneberger, Fischer and Brox 2015). The encoder's last map is brought back up step by step, and at each size joined
/// to the encoder's map of that size. It answers the class scores (logits) of each pixel, computed at half the image's size and
/// interpolated, as the last step costs most and adds least.
/// </summary>
public static class UNet
{
    /// <summary>Describes the network.</summary>
    /// <param name="encoder">The downsampling path.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="channels">Channels of the image, 3 for RGB. Default 3.</param>
    public static LayerGraph Create(Encoder encoder, int classes, int channels = 3)
    {
        return EncoderDecoder.Create("unet", encoder, classes, channels, features =>
        {
            SymbolicTensor x = features[^1];
            for (int i = features.Count - 2; i >= 0; i--)
            {
                string name = $"up{1 << (i + 1)}";
                long filters = features[i].Shape.Channels;
                x = ConvolutionBlock.Apply(x, $"{name}_reduce", filters, kernelSize: 1);
                x = new UpSampling2D(2, Interpolation.Bilinear) { Name = $"{name}_upsample" }.Apply(x);
                x = new Concatenate { Name = $"{name}_skip" }.Apply(x, features[i]);
                x = ConvolutionBlock.Apply(x, $"{name}_conv", filters);
            }
            return EncoderDecoder.Score(x, classes, 2);
        });
    }
}
