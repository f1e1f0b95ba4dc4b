using System.Collections.Concurrent;
using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// (x - mean) / deviation with constants by channel, or one for all (Keras <c>Normalization</c> with given mean and variance,
/// where the variance is the square of the deviation here). It has no weights.
/// </summary>
internal sealed class Normalization : Layer
{
    private readonly float[] _mean, _deviation;

    // Made once for each device: making them anew would have every step wait for the device.
    private readonly ConcurrentDictionary<(TorchSharp.DeviceType, int), (Tensor Mean, Tensor Deviation)> _constants = [];

    /// <summary>Makes the layer.</summary>
    /// <param name="mean">Subtracted; one value, or one a channel.</param>
    /// <param name="deviation">Divided by; as many as means, none of them zero.</param>
    public Normalization(float[] mean, float[] deviation)
    {
        if (mean.Length == 0 || mean.Length != deviation.Length)
        {
            throw new ArgumentException(
                $"There are {mean.Length} means and {deviation.Length} deviations; give as many of each, one or one a "
                + "channel.", nameof(deviation));
        }
        if (deviation.Contains(0)) throw new ArgumentException("A deviation is 0; give a positive number.", nameof(deviation));
        (_mean, _deviation) = (mean, deviation);
    }

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Shape input = SingleMap(inputs);
        return _mean.Length == 1 || _mean.Length == input.Channels
            ? input
            : throw new ArgumentException($"it has constants for {_mean.Length} channels");
    }

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining)
    {
        Tensor x = inputs[0];
        if (_mean.Length == 1) return x.Plus(-_mean[0]).OverInPlace(_deviation[0]);
        var (mean, deviation) = _constants.GetOrAdd((x.device_type, x.device_index), _ => (On(_mean, x), On(_deviation, x)));
        return (x - mean).div_(deviation);
    }

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        long[] dimensions = [1, _mean.Length, 1, 1];
        string centred = onnx.Node("Sub", [inputs[0], onnx.Initializer($"{onnx.Scope}/mean", dimensions, _mean)]);
        return onnx.Node("Div", [centred, onnx.Initializer($"{onnx.Scope}/deviation", dimensions, _deviation)]);
    }

    private static Tensor On(float[] constants, Tensor x) =>
        tensor(constants, [constants.Length, 1, 1], device: x.device).DetachFromDisposeScope();
}
