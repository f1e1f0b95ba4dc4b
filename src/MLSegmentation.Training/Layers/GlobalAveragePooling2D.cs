using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// The mean of each channel (Keras <c>GlobalAveragePooling2D</c>): (C, H, W) to a vector of C. 64×7×7 becomes 64.
/// </summary>
public sealed class GlobalAveragePooling2D : Layer
{
    /// <inheritdoc/>
    public override string DefaultName => "global_average_pooling2d";

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => Shape.Vector(SingleMap(inputs).Channels);

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining) =>
        inputs[0].mean([2, 3]);

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights) =>
        onnx.Node("Flatten", [onnx.Node("GlobalAveragePool", inputs)], ("axis", 1L));
}
