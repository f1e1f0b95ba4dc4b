using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training;

/// <summary>
/// Cross-entropy and, weighted, the soft Dice loss of the same batch. Cross-entropy counts pixels, and so favours large classes;
/// Dice counts overlap, which is what IoU measures. Ignored pixels count in neither.
/// </summary>
/// <param name="classWeights">A factor for each class's pixels in the cross-entropy.</param>
/// <param name="diceWeight">The factor of the Dice loss; 0 leaves it out.</param>
internal sealed class SegmentationLoss(float[] classWeights, double diceWeight)
{
    // One pixel: keeps the loss of a class that is nowhere in the batch finite.
    private const double Smoothing = 1;

    /// <summary>The number of classes.</summary>
    public int Classes => classWeights.Length;

    /// <summary>The sum of the class weights over the pixels of a batch that count.</summary>
    public double WeightOf(byte[] labels)
    {
        var counts = new long[byte.MaxValue + 1];
        foreach (byte label in labels) counts[label]++;
        return classWeights.Select((value, index) => value * (double)counts[index]).Sum();
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="logits">(N, classes, H, W).</param>
    /// <param name="labels">(N, H, W), 64-bit: a class or <see cref="TrainingSample.Ignored"/>.</param>
    /// <param name="weight">The batch's <see cref="WeightOf"/>.</param>
    public Tensor Compute(Tensor logits, Tensor labels, double weight)
    {
        // The mean by hand: cross_entropy's own is 0/0 for a batch whose pixels are all ignored.
        Tensor sum = F.cross_entropy(logits, labels, tensor(classWeights).to(logits.device), TrainingSample.Ignored, nn.Reduction.Sum);
        Tensor crossEntropy = sum / Math.Max(weight, 1e-6);
        return diceWeight > 0 ? crossEntropy + Dice(logits, labels) * diceWeight : crossEntropy;
    }

    /// <summary>1 - 2·|P∩Y| / (|P| + |Y|) with probabilities P, averaged over the classes (soft Dice; Drozdzal et al. 2016, section 2).</summary>
    private Tensor Dice(Tensor logits, Tensor labels)
    {
        Tensor counted = labels.ne(TrainingSample.Ignored).unsqueeze(1).to(float32);
        Tensor probabilities = F.softmax(logits, 1) * counted;
        Tensor target = zeros_like(logits).scatter_(1, labels.clamp_max(Classes - 1).unsqueeze(1), counted);
        long[] perClass = [0, 2, 3];
        Tensor overlap = (probabilities * target).sum(perClass), total = probabilities.sum(perClass) + target.sum(perClass);
        return 1 - ((overlap * 2 + Smoothing) / (total + Smoothing)).mean();
    }
}
