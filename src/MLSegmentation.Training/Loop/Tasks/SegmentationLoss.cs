using MLSegmentation.Training.Layers;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training;

/// <summary>
/// A weighted sum of losses of one batch. Cross-entropy counts pixels, and so favours large classes; Dice counts overlap, which
/// is what IoU measures; the focal loss counts pixels that are not yet known.
/// </summary>
/// <param name="classWeights">A factor for each class's pixels in cross-entropy and focal loss.</param>
/// <param name="options">The factors of the sum.</param>
internal sealed class SegmentationLoss(float[] classWeights, SegmentationLossOptions options)
{
    // One pixel: keeps the Dice loss of a class that is nowhere in the batch finite.
    private const double DiceSmoothing = 1;

    // A power below 1 is infinitely steep at 0, where a pixel is known for sure.
    private const double LeastUnknown = 1e-6;
    private readonly bool _isWeighted = classWeights.Any(weight => weight != 1);

    /// <summary>The number of classes.</summary>
    public int Classes => classWeights.Length;

    /// <summary>The sum of the class weights over the pixels of a batch that count.</summary>
    /// <param name="labelCounts">How often each label is there.</param>
    public double WeightOf(IReadOnlyList<long> labelCounts) =>
        classWeights.Select((value, index) => value * (double)labelCounts[index]).Sum();

    /// <summary>The loss of a batch; 0 where all its pixels are ignored.</summary>
    /// <param name="logits">(N, classes, H, W).</param>
    /// <param name="labels">(N, H, W), 64-bit: a class or <see cref="TrainingSample.Ignored"/>.</param>
    /// <param name="weight">The batch's <see cref="WeightOf"/>.</param>
    public Tensor Compute(Tensor logits, Tensor labels, double weight)
    {
        using Scalar ignored = TrainingSample.Ignored, last = Classes - 1;
        Tensor counted = labels.ne(ignored).to(float32), known = labels.clamp_max(last);
        Tensor logProbabilities = F.log_softmax(logits, 1),
            logOfLabel = logProbabilities.gather(1, known.unsqueeze(1)).squeeze(1);
        Tensor weights = tensor(classWeights).to(logits.device), factors = _isWeighted ? counted * weights[known] : counted;
        // The means by hand: a batch whose pixels are all ignored would be 0/0.
        double pixels = Math.Max(weight, 1e-6);
        var terms = new List<Tensor>();
        if (options.CrossEntropy > 0)
        {
            terms.Add((factors * logOfLabel).sum().Times(-options.CrossEntropy * (1 - options.LabelSmoothing) / pixels));
            if (options.LabelSmoothing > 0)
            {
                terms.Add(
                    Spread(logProbabilities, counted, weights).Times(options.CrossEntropy * options.LabelSmoothing / pixels));
            }
        }
        if (options.Dice > 0) terms.Add(Dice(logProbabilities.exp(), counted, known).Times(options.Dice));
        if (options.Focal > 0)
        {
            using Scalar gamma = options.FocalGamma, least = LeastUnknown;
            terms.Add(
                (factors * logOfLabel.exp().negative().Plus(1).clamp_min(least).pow(gamma) * logOfLabel)
                    .sum().Times(-options.Focal / pixels));
        }
        return terms.Aggregate((sum, term) => sum.Plus(term));
    }

    /// <summary>The cross-entropy of labels that say every class alike.</summary>
    private Tensor Spread(Tensor logProbabilities, Tensor counted, Tensor weights)
    {
        Tensor perClass = _isWeighted ? logProbabilities * weights.view(1, -1, 1, 1) : logProbabilities;
        return -(perClass.sum(1) * counted).sum().Over(Classes);
    }

    /// <summary>1 - 2·|P∩Y| / (|P| + |Y|) with probabilities P, averaged over the classes.</summary>
    private static Tensor Dice(Tensor probabilities, Tensor counted, Tensor known)
    {
        Tensor mask = counted.unsqueeze(1), target = zeros_like(probabilities).scatter_(1, known.unsqueeze(1), mask);
        long[] perClass = [0, 2, 3];
        Tensor overlap = (probabilities * target).sum(perClass),
            total = (probabilities * mask).sum(perClass).Plus(target.sum(perClass));
        return (overlap.Times(2).Plus(DiceSmoothing) / total.Plus(DiceSmoothing)).mean().negative().Plus(1);
    }
}
