using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>Stochastic gradient descent: see <see cref="OptimizerKind"/>.</summary>
/// <param name="storage">The weights.</param>
/// <param name="weightDecay">The factor of the weights that is added to the gradients.</param>
/// <param name="momentum">The part of the last step that is kept, 0 to below 1.</param>
internal sealed class SgdOptimizer(WeightStorage storage, double weightDecay, double momentum)
    : Optimizer(storage, "velocity")
{
    /// <inheritdoc/>
    protected override void UpdatePart(Tensor weight, Tensor gradient, Tensor[] state, double learningRate, long step)
    {
        Tensor velocity = state[0].TimesInPlace(momentum).PlusInPlace(gradient);
        if (weightDecay > 0) velocity.PlusInPlace(weight, weightDecay);
        weight.PlusInPlace(velocity, -learningRate);
    }
}
