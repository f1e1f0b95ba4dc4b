using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// The fully convolutional network as it is taught with Keras. Unlike the paper's (<see cref="PaperFcn"/>) it scores the classes
/// once, on the deepest map, with a ReLU. Learned transposed convolutions bring the scores up to the size and channels of an
/// encoder's map. That map is then added as it is. Over VGG16 with two classes and a head of 4096 it has 136,514,116 parameters,
/// of which 121,799,428 are trained where the encoder is frozen. It answers the class scores (logits) of each pixel; the softmax
/// is added at export.
/// </summary>
public static class KerasFcn
{
    /// <summary>Describes the network.</summary>
    /// <param name="encoder">The downsampling path; VGG16 in the lecture.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="stride">
    /// The stride of the last upsampling: 8 for FCN-8s, the default, 16 or 32. The fewer skips, the larger.
    /// </param>
    /// <param name="headWidth">Channels of <c>conv6</c> and <c>fc4</c>. Default 512, which is practical; 4096 as taught.</param>
    /// <param name="channels">Channels of the image, 3 for RGB. Default 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The stride is none of 8, 16 and 32, or another number is too small.
    /// </exception>
    public static LayerGraph Create(Encoder encoder, int classes, int stride = 8, int headWidth = 512, int channels = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(headWidth);
        return EncoderDecoder.Create($"fcn{stride}", encoder, classes, channels, features =>
        {
            SymbolicTensor x = new Conv2D(headWidth, 7) { Name = "conv6", Activation = Activation.Relu }.Apply(features[^1]);
            x = new Conv2D(headWidth, 1) { Name = "fc4", Activation = Activation.Relu }.Apply(x);
            x = new Conv2D(classes, 1) { Name = "fc3", Activation = Activation.Relu }.Apply(x);
            foreach (var (name, skip) in new[] { "fcn2", "fcn1" }.Zip(FcnSkips.Select(features, stride)))
                x = new Conv2DTranspose(skip.Shape.Channels, 4) { Name = name, Stride = 2 }.Apply(x) + skip;
            x = new Conv2DTranspose(classes, 2 * stride) { Name = "output", Stride = stride }.Apply(x);
            return x;
        });
    }
}
