using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// torchvision's names and layout, which is Torch's: <c>features.0.weight</c> in VGG16, whose layers have Keras's names here, and
/// <c>layer1.0.conv1.weight</c> in residual networks, whose layers have torchvision's.
/// </summary>
/// <param name="preprocessing">What an image is before the first layer.</param>
internal sealed class TorchvisionConvention(ImagePreprocessing preprocessing) : WeightConvention
{
    // Where VGG16's convolutions stand among its ReLUs and poolings (torchvision, models/vgg.py, configuration D).
    private static readonly Dictionary<string, string> _vgg16 = new()
    {
        ["features.0"] = "block1_conv1",
        ["features.2"] = "block1_conv2",
        ["features.5"] = "block2_conv1",
        ["features.7"] = "block2_conv2",
        ["features.10"] = "block3_conv1",
        ["features.12"] = "block3_conv2",
        ["features.14"] = "block3_conv3",
        ["features.17"] = "block4_conv1",
        ["features.19"] = "block4_conv2",
        ["features.21"] = "block4_conv3",
        ["features.24"] = "block5_conv1",
        ["features.26"] = "block5_conv2",
        ["features.28"] = "block5_conv3",
    };

    /// <inheritdoc/>
    public override ImagePreprocessing Preprocessing => preprocessing;

    /// <inheritdoc/>
    public override string NameInNetwork(string name)
    {
        var (layer, weight) = Split(name);
        return $"{_vgg16.GetValueOrDefault(layer, layer)}/{weight}";
    }

    /// <inheritdoc/>
    public override string NameOf(WeightSpec weight) => weight.TorchName;

    /// <inheritdoc/>
    public override bool IsLeftOut(string name) =>
        name.StartsWith("classifier.", StringComparison.Ordinal)
        || name.StartsWith("fc.", StringComparison.Ordinal)
        || name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override long[] ShapeInFile(WeightSpec weight) => weight.Dimensions;

    /// <inheritdoc/>
    public override Tensor ToTorch(WeightSpec weight, Tensor values) => values.alias();

    private static (string Layer, string Weight) Split(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot < 0 ? ("", name) : (name[..dot], name[(dot + 1)..]);
    }
}
