using MLSegmentation.Training.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>Losses that are a mean over pixels: each pixel counts by the weight of its class.</summary>
internal static class PixelLoss
{
    // A power below 1 is infinitely steep at 0, where a pixel is known for sure.
    private const double LeastUnknown = 1e-6;

    // No pixel that counts has it: the logarithm of a probability is at most 0.
    private const double LossOfIgnored = -1;

    /// <summary>Cross-entropy, a part of whose labels says every class alike (Szegedy et al. 2016, section 7).</summary>
    /// <param name="pixels">The pixels.</param>
    /// <param name="smoothing">That part, 0 to below 1.</param>
    public static Tensor CrossEntropy(LabelledPixels pixels, double smoothing)
    {
        Tensor loss = LabelledPixels.Mean(pixels.LogOfLabel, pixels.Factors).Times(smoothing - 1);
        return smoothing > 0 ? loss.Plus(Spread(pixels).Times(smoothing)) : loss;
    }

    /// <summary>Cross-entropy times the unknown part, 1 - p, to a power (Lin et al. 2017, equation 4).</summary>
    /// <param name="pixels">The pixels.</param>
    /// <param name="gamma">The power, at least 0.</param>
    public static Tensor Focal(LabelledPixels pixels, double gamma)
    {
        using Scalar power = gamma;
        Tensor unknown = pixels.LogOfLabel.exp().negative().Plus(1).AtLeast(LeastUnknown).pow(power);
        return LabelledPixels.Mean(unknown * pixels.LogOfLabel, pixels.Factors).negative();
    }

    /// <summary>
    /// The cross-entropy of the pixels that are hardest now (online hard example mining: Shrivastava et al. 2016, for pixels Wu
    /// et al. 2016, section 3.1): those below a probability, and at least so many.
    /// </summary>
    /// <param name="pixels">The pixels.</param>
    /// <param name="fraction">The least part of the batch's pixels, 0 to 1; all that count where these are fewer.</param>
    /// <param name="threshold">The probability of its label, 0 to 1, below which every pixel is hard.</param>
    public static Tensor HardPixels(LabelledPixels pixels, double fraction, double threshold)
    {
        // Made before gradients are off: the mean below is to have them.
        Tensor logOfLabel = pixels.LogOfLabel, hard;
        using (no_grad())
        {
            Tensor counted = pixels.Counted, losses = (counted * logOfLabel).negative();
            losses = losses.Plus(counted.Plus(-1), -LossOfIgnored).flatten();
            int kept = Math.Clamp((int)Math.Ceiling(fraction * losses.shape[0]), 1, (int)losses.shape[0]);
            using Scalar mostKnown = threshold > 0 ? -Math.Log(threshold) : float.MaxValue;
            Tensor least = losses.topk(kept, 0, largest: true, sorted: false).values.min().clamp_max(mostKnown);
            hard = losses.ge(least).view(counted.shape) * pixels.Factors;
        }
        return LabelledPixels.Mean(logOfLabel, hard).negative();
    }

    /// <summary>The cross-entropy of labels that say every class alike.</summary>
    private static Tensor Spread(LabelledPixels pixels)
    {
        Tensor perClass = pixels.LogProbabilities;
        if (pixels.ClassWeights is { } weights) perClass = perClass * weights.view(1, -1, 1, 1);
        return (perClass.sum(1) * pixels.Counted).sum().Over(-pixels.Classes)
            / pixels.Factors.sum().AtLeast(LabelledPixels.LeastWeight);
    }
}
