using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// An autoencoder over any encoder, for images of any size. The encoder's last map, narrowed to a code, is brought back up step
/// by step, as in <see cref="UNet"/>. There are no skips, so that everything goes through the code. It takes 0 to 255 and answers
/// the reconstruction on a scale of 0 to 1, computed at half the image's size and interpolated. Trained on images without labels,
/// its encoder is one to start a segmentation network from: their layers have the same names.
/// </summary>
public static class EncoderAutoencoder
{
    /// <summary>Describes the network.</summary>
    /// <param name="encoder">The downsampling path.</param>
    /// <param name="channels">Channels of the image: 1 for gray, 3 for RGB. Default 3.</param>
    /// <param name="latent">Channels of the code, which has the height and width of the encoder's last map. Default 64.</param>
    public static LayerGraph Create(Encoder encoder, int channels = 3, int latent = 64)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(latent);
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(channels, Shape.Any, Shape.Any));
        var features = encoder.Apply(image);

        SymbolicTensor x = new Conv2D(latent, 1) { Name = "latent" }.Apply(features[^1]);
        for (int i = features.Count - 2; i >= 0; i--)
        {
            string name = $"decoder{1 << (i + 1)}";
            x = new UpSampling2D(2, Interpolation.Bilinear) { Name = $"{name}_upsample" }.Apply(x);
            x = ConvolutionBlock.Apply(x, $"{name}_conv", features[i].Shape.Channels);
        }
        x = new Conv2D(channels, 3) { Name = "reconstruction" }.Apply(x);
        x = new UpSampling2D(2, Interpolation.Bilinear) { Name = "decoder1_upsample" }.Apply(x);
        return new LayerGraph($"cae-{encoder.Name}", [image], [x]);
    }
}
