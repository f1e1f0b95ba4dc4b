using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// A weighted sum of losses of one batch. Cross-entropy counts pixels, and so favours large classes; Dice, Tversky and Lovász
/// count overlap, which is what IoU measures; the focal loss and hard pixels count what is not yet known. The conditional random
/// field counts borders that do not follow the image.
/// </summary>
internal sealed class SegmentationLoss
{
    private readonly SegmentationLossOptions _options;
    private readonly Tensor? _classWeights;

    /// <summary>A loss whose constants lie on a device, in the dispose scope around this call.</summary>
    /// <param name="classWeights">A factor for each class's pixels in the losses that count pixels.</param>
    /// <param name="options">The factors of the sum.</param>
    /// <param name="device">Where the network is. Default null: the processor.</param>
    public SegmentationLoss(float[] classWeights, SegmentationLossOptions options, Device? device = null)
    {
        (_options, Classes) = (options, classWeights.Length);
        if (classWeights.Any(weight => weight != 1)) _classWeights = tensor(classWeights, device: device ?? CPU);
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>Whether it is computed from the images too.</summary>
    public bool NeedsImages => _options.Crf > 0;

    /// <summary>
    /// The loss of a batch; 0 where all its pixels are ignored and the images do not count. Nothing of it waits for the device.
    /// </summary>
    /// <param name="logits">(N, classes, H, W).</param>
    /// <param name="labels">(N, H, W), bytes or 64-bit: a class or <see cref="TrainingSample.Ignored"/>.</param>
    /// <param name="images">(N, channels, H, W), 0 to 255; null where they are not needed.</param>
    public Tensor Compute(Tensor logits, Tensor labels, Tensor? images = null)
    {
        var pixels = new LabelledPixels(logits, labels, _classWeights);
        return Terms(pixels, images).Where(term => term.Factor > 0).Select(term => term.Loss().Times(term.Factor))
            .Aggregate((sum, term) => sum.Plus(term));
    }

    private IEnumerable<(double Factor, Func<Tensor> Loss)> Terms(LabelledPixels pixels, Tensor? images) =>
    [
        (_options.CrossEntropy, () => PixelLoss.CrossEntropy(pixels, _options.LabelSmoothing)),
        (_options.Dice ?? 1, () => OverlapLoss.Dice(pixels)),
        (_options.Focal, () => PixelLoss.Focal(pixels, _options.FocalGamma)),
        (_options.Lovasz, () => LovaszLoss.Of(pixels, _options.LovaszPerImage)),
        (_options.Tversky, () => OverlapLoss.Tversky(pixels, _options.TverskyAlpha, _options.TverskyBeta)),
        (_options.Ohem, () => PixelLoss.HardPixels(pixels, _options.OhemFraction, _options.OhemThreshold)),
        (_options.Crf, () => CrfLoss.Of(pixels.Probabilities, images!)),
    ];
}
