using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// The lecture's convolutional autoencoder: two strided convolutions down, one over the whole remaining map to the latent
/// values, and the transposed convolutions back. It takes 0 to 255, and answers the reconstruction on a scale of 0 to 1 and the
/// latent values. At 28×28×1 and 2 latent values it has 51,459 parameters.
/// </summary>
public static class ConvolutionalAutoencoder
{
    private const int DefaultSize = 28, DefaultChannels = 1, DefaultLatent = 2;

    /// <summary>Width and height must be multiples of this: 4.</summary>
    public static int SizeMultiple { get; } = Describe(DefaultSize, DefaultSize, DefaultChannels, DefaultLatent).SizeMultiple;

    /// <summary>Describes the network.</summary>
    /// <param name="width">Columns of the images, a multiple of 4. Default 28.</param>
    /// <param name="height">Rows of the images, a multiple of 4. Default 28.</param>
    /// <param name="channels">1 for gray, 3 for RGB. Default 1.</param>
    /// <param name="latent">Features that an image is squeezed into, at least 1. Default 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no latent features or no channels.</exception>
    /// <exception cref="ArgumentException">Width or height is no multiple of 4.</exception>
    public static LayerGraph Create(
        int width = DefaultSize, int height = DefaultSize, int channels = DefaultChannels, int latent = DefaultLatent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(latent);
        Check(width, nameof(width));
        Check(height, nameof(height));
        return Describe(width, height, channels, latent);

        void Check(int side, string name)
        {
            if (side > 0 && side % SizeMultiple == 0) return;
            throw new ArgumentException(
                $"The autoencoder was given images of {width}x{height}; it halves them twice, "
                + $"so resize them to multiples of {SizeMultiple}.",
                name);
        }
    }

    private static LayerGraph Describe(int width, int height, int channels, int latent)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(channels, width, height));
        SymbolicTensor x = new Normalization([0], [255]) { Name = "scale" }.Apply(image);
        x = new Conv2D(32, 3) { Name = "encoder_conv1", Stride = 2, Activation = Activation.Relu }.Apply(x);
        x = new Conv2D(64, 3) { Name = "encoder_conv2", Stride = 2, Activation = Activation.Relu }.Apply(x);
        Shape bottom = x.Shape;
        var squeeze = new Conv2D(latent, bottom.Width, bottom.Height) { Name = "latent", Padding = PaddingKind.Valid };
        SymbolicTensor code = squeeze.Apply(x);
        var spread = new Conv2DTranspose(64, bottom.Width, bottom.Height)
        {
            Name = "decoder_conv1",
            Padding = PaddingKind.Valid,
            Activation = Activation.Relu,
        };
        x = spread.Apply(code);
        x = new Conv2DTranspose(32, 3) { Name = "decoder_conv2", Stride = 2, Activation = Activation.Relu }.Apply(x);
        SymbolicTensor reconstruction = new Conv2DTranspose(channels, 7) { Name = "decoder_conv3", Stride = 2 }.Apply(x);
        return new LayerGraph("cae", [image], [reconstruction, code]);
    }
}
