using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// What brings an RGB image of 0 to 255 to the values that an encoder's weights were trained with. It becomes the first layers of
/// the network, and so the first nodes of the exported graph. Whoever scores the model gives it the image as it is.
/// </summary>
public sealed record ImagePreprocessing
{
    /// <summary>
    /// (x - 127.5) / 64, about -2 to 2: for weights that begin at random, and images of any number of channels.
    /// </summary>
    public static ImagePreprocessing Centred { get; } = new() { Mean = [127.5f], Deviation = [64] };

    /// <summary>
    /// What Keras's weights of VGG16 expect: BGR minus the mean of ImageNet, 103.939, 116.779 and 123.68
    /// (<c>keras.applications.vgg16.preprocess_input</c>, mode caffe).
    /// </summary>
    public static ImagePreprocessing Keras { get; } = new()
    {
        IsBgr = true,
        Mean = [103.939f, 116.779f, 123.68f],
        Deviation = [1, 1, 1],
    };

    /// <summary>
    /// What torchvision's weights expect: RGB divided by 255, minus the mean (0.485, 0.456, 0.406), divided by the deviation
    /// (0.229, 0.224, 0.225) of ImageNet (<c>torchvision.transforms._presets.ImageClassification</c>).
    /// </summary>
    public static ImagePreprocessing Torchvision { get; } = new()
    {
        Mean = [0.485f * 255, 0.456f * 255, 0.406f * 255],
        Deviation = [0.229f * 255, 0.224f * 255, 0.225f * 255],
    };

    /// <summary>
    /// What the ResNet-18 of the package Microsoft.ML.DnnImageFeaturizer.ResNet18 expects: BGR minus 103.06262, 115.902885 and
    /// 123.15163. These are the means of each channel of the mean image in the package's <c>ResNetPreprocess.onnx</c>.
    /// </summary>
    public static ImagePreprocessing Cntk { get; } = new()
    {
        IsBgr = true,
        Mean = [103.06262f, 115.902885f, 123.15163f],
        Deviation = [1, 1, 1],
    };

    /// <summary>Whether the channels are reversed first. Default false.</summary>
    public bool IsBgr { get; init; }

    /// <summary>Subtracted, on a scale of 0 to 255; one value, or one a channel in the order that the weights see.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>Divided by, on a scale of 0 to 255; as many as means, none of them zero.</summary>
    public required IReadOnlyList<float> Deviation { get; init; }

    /// <summary>Applies it to an image of 0 to 255.</summary>
    /// <exception cref="ArgumentException">The image has another number of channels than there are means.</exception>
    public SymbolicTensor Apply(SymbolicTensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        SymbolicTensor ordered = IsBgr ? new ReverseChannels { Name = "bgr" }.Apply(image) : image;
        return new Normalization([.. Mean], [.. Deviation]) { Name = "normalization" }.Apply(ordered);
    }
}
