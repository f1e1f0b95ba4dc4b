using MLSegmentation.Training.Layers;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training;

/// <summary>
/// A batch's scores and labels as its losses need them, each tensor made once and only where one needs it. The arithmetic has
/// 32 bits whatever the network computes with.
/// </summary>
/// <param name="logits">(N, classes, H, W).</param>
/// <param name="labels">(N, H, W): a class or <see cref="TrainingSample.Ignored"/>.</param>
/// <param name="classWeights">A factor for each class's pixels; null for 1.</param>
internal sealed class LabelledPixels(Tensor logits, Tensor labels, Tensor? classWeights)
{
    /// <summary>Keeps the mean of a batch whose pixels are all ignored, 0/0, at 0.</summary>
    public const double LeastWeight = 1e-6;

    private Tensor? _logProbabilities;
    private Tensor? _probabilities;
    private Tensor? _counted;
    private Tensor? _known;
    private Tensor? _logOfLabel;
    private Tensor? _factors;
    private Tensor? _target;

    /// <summary>The number of classes.</summary>
    public int Classes => (int)logits.shape[1];

    /// <summary>The factor of each class; null for 1.</summary>
    public Tensor? ClassWeights => classWeights;

    /// <summary>Logarithms of probabilities, (N, classes, H, W).</summary>
    public Tensor LogProbabilities => _logProbabilities ??= F.log_softmax(logits.to(float32), 1);

    /// <summary>(N, classes, H, W).</summary>
    public Tensor Probabilities => _probabilities ??= LogProbabilities.exp();

    /// <summary>1 for a pixel that counts and 0 for one that is ignored, (N, H, W).</summary>
    public Tensor Counted => _counted ??= IsCounted().to(float32);

    /// <summary>The logarithm of the probability of each pixel's label, (N, H, W); any number where it is ignored.</summary>
    public Tensor LogOfLabel => _logOfLabel ??= LogProbabilities.gather(1, Known.unsqueeze(1)).squeeze(1);

    /// <summary>The weight of each pixel's class, 0 for an ignored one, (N, H, W).</summary>
    public Tensor Factors => _factors ??= classWeights is null ? Counted : Counted * classWeights[Known];

    /// <summary>1 at each pixel's label and 0 elsewhere, (N, classes, H, W).</summary>
    public Tensor Target => _target ??= labels.unsqueeze(1)
        .eq(arange(Classes, dtype: labels.dtype, device: labels.device).view(1, -1, 1, 1)).to(float32);

    /// <summary>The label of each pixel, that of any class for an ignored one.</summary>
    private Tensor Known => _known ??= Clamped();

    /// <summary>The mean of values by weights, 0 without any weight.</summary>
    /// <param name="values">(N, H, W).</param>
    /// <param name="weights">(N, H, W), at least 0.</param>
    public static Tensor Mean(Tensor values, Tensor weights) => (values * weights).sum() / weights.sum().AtLeast(LeastWeight);

    private Tensor IsCounted()
    {
        using Scalar ignored = TrainingSample.Ignored;
        return labels.ne(ignored);
    }

    private Tensor Clamped()
    {
        using Scalar last = Classes - 1;
        return labels.clamp_max(last).to(int64);
    }
}
