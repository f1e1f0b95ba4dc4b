using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// A U-Net whose way up is light. The encoder's last map is brought up step by step, as in <see cref="UNet"/>. At each size it
/// and the encoder's map are brought to one width by 1×1 convolutions and added, and a 3×3 convolution follows. The width halves
/// where the size doubles: 256, 128, 64 and 32 at strides 16, 8, 4 and 2, so that each step costs the same, 0.12 billion products
/// at 224². It answers the class scores (logits) of each pixel, computed at half the image's size and interpolated.
/// </summary>
public static class LightUNet
{
    private const int HalfSizeWidth = 32;

    /// <summary>Describes the network.</summary>
    /// <param name="encoder">The downsampling path.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="channels">Channels of the image, 3 for RGB. Default 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than that.</exception>
    public static LayerGraph Create(Encoder encoder, int classes, int channels = 3)
    {
        return EncoderDecoder.Create("unet-light", encoder, classes, channels, features =>
        {
            SymbolicTensor x = features[^1];
            for (int i = features.Count - 2; i >= 0; i--)
            {
                string name = $"up{1 << (i + 1)}";
                long filters = HalfSizeWidth << i;
                x = new Conv2D(filters, 1) { Name = $"{name}_reduce" }.Apply(x);
                x = new UpSampling2D(2, Interpolation.Bilinear) { Name = $"{name}_upsample" }.Apply(x);
                SymbolicTensor skip = new Conv2D(filters, 1) { Name = $"{name}_skip", UseBias = false }.Apply(features[i]);
                x = ConvolutionBlock.Apply(new Add { Name = $"{name}_add" }.Apply(x, skip), $"{name}_conv", filters);
            }
            return EncoderDecoder.Score(x, classes, 2);
        });
    }
}
