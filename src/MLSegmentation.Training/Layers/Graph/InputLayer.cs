using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>Where a network's input enters (Keras <c>InputLayer</c>).</summary>
internal sealed class InputLayer(Shape shape) : Layer
{
    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => shape;

    /// <summary>Never computed: the caller gives the value.</summary>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining) =>
        throw new InvalidOperationException($"Input '{DisplayName}' is given, not computed.");

    /// <summary>Never written: the graph declares its inputs.</summary>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights) =>
        throw new InvalidOperationException($"Input '{DisplayName}' is declared, not written.");
}
