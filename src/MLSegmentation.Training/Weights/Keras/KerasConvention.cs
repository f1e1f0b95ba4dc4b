using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Keras's names: <c>block1_conv1/block1_conv1_W_1:0</c> (Keras 1), <c>block1_conv1/block1_conv1/kernel:0</c> (Keras 2) or
/// <c>block1_conv1/kernel</c>. Each weight itself says how Keras stores it (<see cref="WeightSpec.Keras"/>).
/// </summary>
internal sealed class KerasConvention : WeightConvention
{
    /// <inheritdoc/>
    public override ImagePreprocessing Preprocessing => ImagePreprocessing.Keras;

    /// <inheritdoc/>
    public override string NameInNetwork(string name)
    {
        string[] parts = name.Split('/');
        string layer = parts[0], weight = parts[^1].Split(':')[0];
        if (weight.StartsWith($"{layer}_", StringComparison.Ordinal))
        {
            weight = weight[(layer.Length + 1)..];
            if (weight.LastIndexOf('_') is > 0 and var number && weight[(number + 1)..].All(char.IsAsciiDigit))
                weight = weight[..number];
        }
        return weight switch
        {
            "W" => $"{layer}/kernel",
            "b" => $"{layer}/bias",
            _ => $"{layer}/{weight}",
        };
    }

    /// <inheritdoc/>
    public override bool IsLeftOut(string name)
    {
        string layer = name.Split('/')[0];
        return layer == "predictions" || (layer.StartsWith("fc", StringComparison.Ordinal) && layer[2..].All(char.IsAsciiDigit));
    }

    /// <inheritdoc/>
    public override string NameOf(WeightSpec weight) => weight.Name;

    /// <inheritdoc/>
    public override long[] ShapeInFile(WeightSpec weight) => weight.KerasShape;

    /// <inheritdoc/>
    public override Tensor ToTorch(WeightSpec weight, Tensor values) => weight.FromKeras(values);
}
