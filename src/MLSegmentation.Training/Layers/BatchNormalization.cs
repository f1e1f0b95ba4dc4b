using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// Batch normalisation over the channels (Ioffe and Szegedy 2015; Keras <c>BatchNormalization</c>). Training takes the batch's
/// statistics. Inference, and a frozen layer, take moving averages of them.
/// </summary>
public sealed class BatchNormalization : Layer
{
    /// <summary>Added to the variance. Default 0.001, Keras's.</summary>
    public double Epsilon { get; init; } = 1e-3;

    /// <summary>
    /// How much of the moving averages a step keeps. Default 0.99, Keras's; 0.9 suits trainings of few hundred steps.
    /// </summary>
    public double Momentum { get; init; } = 0.99;

    /// <inheritdoc/>
    public override BFloat16Use BFloat16 => BFloat16Use.Keeps;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => SingleMap(inputs);

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        long[] channels = [inputs[0].Channels];
        return
        [
            new WeightSpec("gamma", channels, Initializer.Ones) { TorchName = "weight" },
            new WeightSpec("beta", channels, Initializer.Zeros) { TorchName = "bias" },
            new WeightSpec("moving_mean", channels, Initializer.Zeros, IsTrainable: false) { TorchName = "running_mean" },
            new WeightSpec("moving_variance", channels, Initializer.Ones, IsTrainable: false) { TorchName = "running_var" },
        ];
    }

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining) =>
        F.batch_norm(inputs[0], weights[2], weights[3], weights[0], weights[1], isTraining && IsTrainable, 1 - Momentum, Epsilon);

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights) =>
        onnx.Node("BatchNormalization", [inputs[0], .. weights], ("epsilon", (float)Epsilon));
}
