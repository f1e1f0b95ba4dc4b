using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// DeepLabV3+ (Chen et al. 2018, figure 2). Atrous spatial pyramid pooling looks at the encoder's last map with kernels of three
/// dilations, one of 1×1, and the mean of the whole map. Its result is brought to stride 4, joined to 48 channels of the
/// encoder's map there, and refined by two 3×3 convolutions. The 3×3 convolutions are depthwise separable. It answers the class
/// scores (logits) of each pixel, computed at a quarter of the image's size and interpolated.
/// </summary>
/// <remarks>
/// <para>
/// The dilations are 6, 12 and 18 over an encoder with an <see cref="Encoder.OutputStride"/> of 16, as in the paper, and half of
/// them over one of 32.
/// </para>
/// <para>
/// The mean is that of the map at hand, of any size: in training of the window, in scoring of the whole image, or of the tile
/// where it is tiled. Tiles as large as the windows of the training are closest to what was learned. The mean's convolution has
/// a bias in place of batch normalisation, which cannot normalise a single value.
/// </para>
/// </remarks>
public static class DeepLabV3Plus
{
    internal const int DefaultWidth = 128;
    private const int LowLevelWidth = 48;
    private static readonly int[] _dilationsAtStride16 = [6, 12, 18];

    /// <summary>Describes the network.</summary>
    /// <param name="encoder">The downsampling path, of output stride 16 or 32.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="channels">Channels of the image, 3 for RGB. Default 3.</param>
    /// <param name="width">Channels of the pooling and of the refinement, at least 1. Default 128; the paper has 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than that.</exception>
    public static LayerGraph Create(Encoder encoder, int classes, int channels = 3, int width = DefaultWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        return EncoderDecoder.Create("deeplabv3plus", encoder, classes, channels, features =>
        {
            SymbolicTensor x = PoolPyramid(features[^1], encoder.OutputStride, width);
            x = new UpSampling2D(encoder.OutputStride / 4, Interpolation.Bilinear) { Name = "aspp_upsample" }.Apply(x);
            SymbolicTensor low = ConvolutionBlock.Apply(features[1], "low_level", LowLevelWidth, kernelSize: 1);
            x = new Concatenate { Name = "decoder_concat" }.Apply(x, low);
            x = ConvolutionBlock.ApplySeparable(x, "decoder_conv1", width);
            x = ConvolutionBlock.ApplySeparable(x, "decoder_conv2", width);
            return EncoderDecoder.Score(x, classes, 4);
        });
    }

    /// <summary>
    /// The paper joins all five branches and narrows them by a 1×1 convolution. Of the mean, which is the same everywhere, its
    /// part is computed once and added to that of the others.
    /// </summary>
    private static SymbolicTensor PoolPyramid(SymbolicTensor x, int outputStride, int width)
    {
        var branches = new List<SymbolicTensor> { ConvolutionBlock.Apply(x, "aspp_conv1", width, kernelSize: 1) };
        foreach (int dilation in _dilationsAtStride16.Select(dilation => dilation * 16 / outputStride))
            branches.Add(ConvolutionBlock.ApplySeparable(x, $"aspp_conv{branches.Count + 1}", width, dilation));
        SymbolicTensor mean = new GlobalAveragePooling2D { Name = "aspp_pool", KeepsDimensions = true }.Apply(x);
        mean = new Conv2D(width, 1) { Name = "aspp_pool_conv", Activation = Activation.Relu }.Apply(mean);

        SymbolicTensor joined = new Concatenate { Name = "aspp_concat" }.Apply([.. branches]);
        SymbolicTensor local = new Conv2D(width, 1) { Name = "aspp_project", UseBias = false }.Apply(joined);
        SymbolicTensor global = new Conv2D(width, 1) { Name = "aspp_project_pool", UseBias = false }.Apply(mean);
        SymbolicTensor sum = new Add { Name = "aspp_project_add" }.Apply(local, global);
        return ConvolutionBlock.Normalize(sum, "aspp_project");
    }
}
