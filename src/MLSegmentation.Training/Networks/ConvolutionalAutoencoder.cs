using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// The lecture's convolutional autoencoder: two strided convolutions down, one over the whole remaining map to the latent
/// values, and the transposed convolutions back. It takes 0 to 255, and answers the reconstruction on a scale of 0 to 1 and the
/// latent values. At 28×28×1 and 2 latent values it has 51,459 parameters.
/// </summary>
public static class ConvolutionalAutoencoder
{
    /// <summary>Height and width must be multiples of this.</summary>
    public const int SizeMultiple = 4;

    /// <summary>Describes the network.</summary>
    /// <param name="height">Rows of the images, a multiple of 4. Default 28.</param>
    /// <param name="width">Columns of the images, a multiple of 4. Default 28.</param>
    /// <param name="channels">1 for gray, 3 for RGB. Default 1.</param>
    /// <param name="latent">Features that an image is squeezed into. Default 2.</param>
    /// <exception cref="ArgumentException">Height or width is no multiple of 4.</exception>
    public static LayerGraph Create(int height = 28, int width = 28, int channels = 1, int latent = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(latent);
        if (height <= 0 || width <= 0 || height % SizeMultiple != 0 || width % SizeMultiple != 0)
            throw new ArgumentException($"The autoencoder was given images of {width}x{height}; it halves them twice, so resize them to multiples of {SizeMultiple}.");
        int bottomHeight = height / SizeMultiple, bottomWidth = width / SizeMultiple;

        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(channels, height, width));
        SymbolicTensor x = new Normalization([0], [255]) { Name = "scale" }.Apply(image);
        x = new Conv2D(32, 3) { Name = "encoder_conv1", Stride = 2, Activation = Activation.Relu }.Apply(x);
        x = new Conv2D(64, 3) { Name = "encoder_conv2", Stride = 2, Activation = Activation.Relu }.Apply(x);
        SymbolicTensor code = new Conv2D(latent, bottomHeight, bottomWidth) { Name = "latent", Padding = Padding.Valid }.Apply(x);
        x = new Conv2DTranspose(64, bottomHeight, bottomWidth) { Name = "decoder_conv1", Padding = Padding.Valid, Activation = Activation.Relu }.Apply(code);
        x = new Conv2DTranspose(32, 3) { Name = "decoder_conv2", Stride = 2, Activation = Activation.Relu }.Apply(x);
        SymbolicTensor reconstruction = new Conv2DTranspose(channels, 7) { Name = "decoder_conv3", Stride = 2 }.Apply(x);
        return new LayerGraph("cae", [image], [reconstruction, code]) { SizeMultiple = SizeMultiple };
    }
}
