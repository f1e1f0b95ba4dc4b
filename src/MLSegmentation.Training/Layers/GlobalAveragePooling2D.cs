using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// The mean of each channel (Keras <c>GlobalAveragePooling2D</c>): (C, H, W) to a vector of C, or to (C, 1, 1). 64×7×7 becomes
/// 64, or 64×1×1.
/// </summary>
public sealed class GlobalAveragePooling2D : Layer
{
    /// <summary>Whether the result is a map of one pixel, not a vector (Keras <c>keepdims</c>). Default false.</summary>
    public bool KeepsDimensions { get; init; }

    /// <inheritdoc/>
    public override string DefaultName => "global_average_pooling2d";

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        long channels = SingleMap(inputs).Channels;
        return KeepsDimensions ? Shape.Map(channels, 1, 1) : Shape.Vector(channels);
    }

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining) =>
        inputs[0].mean([2, 3], keepdim: KeepsDimensions);

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        string mean = onnx.Node("GlobalAveragePool", inputs);
        return KeepsDimensions ? mean : onnx.Node("Flatten", [mean], ("axis", 1L));
    }
}
