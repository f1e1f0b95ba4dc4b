using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// A fully connected layer (Keras <c>Dense</c>): a vector of n features to one of units, with (n + 1)·units weights.
/// </summary>
/// <param name="units">Features of the result.</param>
public sealed class Dense(long units) : Layer
{
    /// <summary>Default <see cref="Activation.Linear"/>.</summary>
    public Activation Activation { get; init; }

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) =>
        Single(inputs).IsVector
            ? Shape.Vector(units)
            : throw new ArgumentException("it takes a vector; put a Flatten layer before it");

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        long features = inputs[0].Channels;
        return
        [
            new WeightSpec("kernel", [units, features], Initializer.GlorotUniform(features, units))
            {
                TorchName = "weight",
                Keras = new KerasLayout([features, units], [1, 0]),
            },
            new WeightSpec("bias", [units], Initializer.Zeros),
        ];
    }

    /// <inheritdoc/>
    public override long CountFlops(IReadOnlyList<Shape> inputs, Shape output) => 2 * inputs[0].Channels * units;

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining)
    {
        Tensor y = F.linear(inputs[0], weights[0], weights[1]);
        return Activation.Apply(y);
    }

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        string y = onnx.Node("Gemm", [inputs[0], .. weights], ("transB", 1L));
        return Activation.Emit(onnx, y);
    }
}
