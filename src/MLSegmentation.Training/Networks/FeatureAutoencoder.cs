using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// Finds what is not as in the images it was trained on, by deep feature reconstruction (Shi, Yang and Qi 2020). The features of
/// a frozen encoder at strides 8 and 16 are averaged over 9×9 places, brought to stride 16 and standardised. At each place an
/// autoencoder of 1×1 convolutions squeezes them into a few numbers and gives them back. What it gives back badly is new. It
/// takes 0 to 255 and answers the error of each pixel, 0 and above: the mean squared difference of the features and their
/// reconstruction, interpolated. The exposure of the images does not matter: it is made equal first.
/// </summary>
/// <remarks>docs/decisions.md has the figures by which strides, averages and the distance were chosen.</remarks>
public static class FeatureAutoencoder
{
    /// <summary>The layer whose statistics are those of the features of the training images.</summary>
    internal const string StandardizationName = "standardization";

    // What each place is averaged over: one place of a texture says little, and a defect is an area.
    private const int Neighbourhood = 9;

    // The stride of the errors, and the encoder's maps at half of it and at it.
    private const int Stride = 16, FineMap = 2, CoarseMap = 3;

    /// <summary>Describes the network.</summary>
    /// <param name="encoder">What makes the features; it is frozen here, whatever it says.</param>
    /// <param name="latent">Numbers that the features of a place are squeezed into, at least 1. Default 30.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one number.</exception>
    public static LayerGraph Create(Encoder encoder, int latent = 30)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(latent);
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        SymbolicTensor exposed = new EqualExposure { Name = "exposure" }.Apply(image);
        var maps = (encoder with { IsTrainable = false }).Apply(exposed);

        SymbolicTensor fine = new AveragePool2D(2) { Name = "align8", Stride = 2 }.Apply(Average(maps[FineMap], "average8"));
        SymbolicTensor coarse = Average(maps[CoarseMap], "average16");
        SymbolicTensor features = Standardize(new Concatenate { Name = "features" }.Apply(fine, coarse));
        SymbolicTensor distance = new SquaredDistance { Name = "distance" }.Apply(features, Reconstruct(features, latent));
        SymbolicTensor error = new UpSampling2D(Stride, Interpolation.Bilinear) { Name = "error" }.Apply(distance);
        return new LayerGraph($"dfr-{encoder.Name}", [image], [error]);
    }

    private static SymbolicTensor Average(SymbolicTensor map, string name) =>
        new AveragePool2D(Neighbourhood) { Name = name }.Apply(map);

    /// <summary>Frozen, so that nothing but the training images' features tells its statistics.</summary>
    private static SymbolicTensor Standardize(SymbolicTensor features) =>
        new BatchNormalization { Name = StandardizationName, IsTrainable = false }.Apply(features);

    /// <summary>The paper's autoencoder: C, (C + 2L) / 2, 2L, L and back, with ReLU between (section 3.3).</summary>
    private static SymbolicTensor Reconstruct(SymbolicTensor features, int latent)
    {
        long channels = features.Shape.Channels, wide = (channels + 2 * latent) / 2, narrow = 2 * latent;
        SymbolicTensor x = Convolve(features, "encoder_conv1", wide, Activation.Relu);
        x = Convolve(x, "encoder_conv2", narrow, Activation.Relu);
        x = Convolve(x, "latent", latent, Activation.Linear);
        x = Convolve(x, "decoder_conv1", narrow, Activation.Relu);
        x = Convolve(x, "decoder_conv2", wide, Activation.Relu);
        return Convolve(x, "reconstruction", channels, Activation.Linear);
    }

    private static SymbolicTensor Convolve(SymbolicTensor x, string name, long filters, Activation activation) =>
        new Conv2D(filters, 1) { Name = name, Activation = activation }.Apply(x);
}
