using MLSegmentation.Training.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>Adam and AdamW: see <see cref="OptimizerKind"/>.</summary>
/// <param name="storage">The weights.</param>
/// <param name="weightDecay">
/// The factor of the weights that is added to the gradients, or, decoupled, of the step towards 0.
/// </param>
/// <param name="isDecoupled">Whether the decay stays out of the moments (AdamW).</param>
internal sealed class AdamOptimizer(WeightStorage storage, double weightDecay, bool isDecoupled)
    : Optimizer(storage, "mean", "variance")
{
    private const double MeanDecay = 0.9;
    private const double VarianceDecay = 0.999;
    private const double Epsilon = 1e-7;

    /// <inheritdoc/>
    protected override void UpdatePart(Tensor weight, Tensor gradient, Tensor[] state, double learningRate, long step)
    {
        var (mean, variance) = (state[0], state[1]);
        if (weightDecay > 0 && isDecoupled) weight.TimesInPlace(1 - learningRate * weightDecay);
        else if (weightDecay > 0) gradient = gradient.Plus(weight, weightDecay);
        mean.MoveTowards(gradient, 1 - MeanDecay);
        using Scalar squarePart = 1 - VarianceDecay;
        variance.TimesInPlace(VarianceDecay).addcmul_(gradient, gradient, squarePart);
        double meanBias = 1 - Math.Pow(MeanDecay, step), varianceBias = 1 - Math.Pow(VarianceDecay, step);
        Tensor scale = variance.sqrt().OverInPlace(Math.Sqrt(varianceBias)).PlusInPlace(Epsilon);
        using Scalar stepSize = -learningRate / meanBias;
        weight.addcdiv_(mean, scale, stepSize);
    }
}
