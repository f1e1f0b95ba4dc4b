using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>What the segmentation networks over an encoder have in common: all but the way back up.</summary>
internal static class EncoderDecoder
{
    /// <summary>Describes the network.</summary>
    /// <param name="topology">Its name before that of the encoder.</param>
    /// <param name="encoder">The downsampling path.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="channels">Channels of the image, 3 for RGB.</param>
    /// <param name="wayUp">From the encoder's maps, at strides 2 to 32, to the class scores of each pixel.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are less than two classes.</exception>
    public static LayerGraph Create(
        string topology, Encoder encoder, int classes, int channels, Func<IReadOnlyList<SymbolicTensor>, SymbolicTensor> wayUp)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(channels, Shape.Any, Shape.Any));
        SymbolicTensor scores = wayUp(encoder.Apply(image));
        return new LayerGraph($"{topology}-{encoder.Name}", [image], [scores]);
    }

    /// <summary>The class scores of a map of some stride, interpolated to the image's size.</summary>
    public static SymbolicTensor Score(SymbolicTensor x, int classes, int stride)
    {
        x = new Conv2D(classes, 1) { Name = "score" }.Apply(x);
        return new UpSampling2D(stride, Interpolation.Bilinear) { Name = "up1_upsample" }.Apply(x);
    }
}
