using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// The fully convolutional network of the paper (Long, Shelhamer and Darrell 2015, section 4), with the layer names of its
/// authors' files. Unlike in <see cref="KerasFcn"/>, every map that is joined gets scores, by 1×1 convolutions that begin at
/// zero. The scores are added and brought up by bilinear interpolation. The head has dropout. It answers the class scores
/// (logits) of each pixel.
/// </summary>
/// <remarks>
/// The authors pad the image by 100 pixels and crop the result; here the convolutions are SAME, and any multiple of 32 fits.
/// </remarks>
public static class PaperFcn
{
    private const double DropoutRate = 0.5;

    /// <summary>Describes the network.</summary>
    /// <param name="encoder">The downsampling path; VGG16 in the paper.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="stride">
    /// The stride of the last upsampling: 8 for FCN-8s, the default, 16 or 32. The fewer skips, the larger.
    /// </param>
    /// <param name="headWidth">Channels of <c>fc6</c> and <c>fc7</c>. Default 512, which is practical; 4096 in the paper.</param>
    /// <param name="learnsUpsampling">
    /// Whether the upsamplings between the skips learn from their bilinear start, as in the paper; the last one stays bilinear
    /// either way (section 4.3). Default true.
    /// </param>
    /// <param name="channels">Channels of the image, 3 for RGB. Default 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The stride is none of 8, 16 and 32, or another number is too small.
    /// </exception>
    public static LayerGraph Create(
        Encoder encoder, int classes, int stride = 8, int headWidth = 512, bool learnsUpsampling = true, int channels = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(headWidth);
        return EncoderDecoder.Create($"fcn{stride}-paper", encoder, classes, channels, features =>
        {
            SymbolicTensor x = Head(features[^1], "6", headWidth, kernelSize: 7);
            x = Score(Head(x, "7", headWidth, kernelSize: 1), "score_fr", classes);
            var steps = new[] { (Map: "pool4", Upsampling: "upscore2"), (Map: "pool3", Upsampling: "upscore_pool4") };
            foreach (var ((map, upsampling), skip) in steps.Zip(FcnSkips.Select(features, stride)))
            {
                x = Upsample(x, upsampling, 2, learnsUpsampling);
                x = new Add { Name = $"fuse_{map}" }.Apply(x, Score(skip, $"score_{map}", classes));
            }
            x = Upsample(x, $"upscore{stride}", stride, isLearned: false);
            return x;
        });
    }

    private static SymbolicTensor Head(SymbolicTensor x, string number, long width, long kernelSize)
    {
        x = new Conv2D(width, kernelSize) { Name = $"fc{number}", Activation = Activation.Relu }.Apply(x);
        return new Dropout(DropoutRate) { Name = $"drop{number}" }.Apply(x);
    }

    private static SymbolicTensor Score(SymbolicTensor x, string name, int classes) =>
        new Conv2D(classes, 1) { Name = name, KernelInitializer = Initializer.Zeros }.Apply(x);

    private static SymbolicTensor Upsample(SymbolicTensor x, string name, int stride, bool isLearned) =>
        new Conv2DTranspose(x.Shape.Channels, 2 * stride)
        {
            Name = name,
            Stride = stride,
            UseBias = false,
            KernelInitializer = Initializer.Bilinear,
            IsTrainable = isLearned,
        }.Apply(x);
}
