using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>The sum of two values of one shape (Keras <c>Add</c>).</summary>
public sealed class Add : Layer
{
    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count != 2) throw new ArgumentException($"it takes two inputs, not {inputs.Count}");
        return inputs[0] == inputs[1] ? inputs[0] : throw new ArgumentException("it takes two equal shapes");
    }

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining) => inputs[0] + inputs[1];

    /// <inheritdoc/>
    public override string Emit(OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights) =>
        onnx.Node("Add", inputs);
}
