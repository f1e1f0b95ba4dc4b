namespace MLSegmentation.Training;

/// <summary>
/// What a segmentation network minimises: a sum of losses, each with a factor. Ignored pixels count in none of them but the
/// conditional random field.
/// </summary>
public sealed record SegmentationLossOptions
{
    /// <summary>The factor of the cross-entropy, at least 0. Default 1.</summary>
    public double CrossEntropy { get; init; } = 1;

    /// <summary>
    /// The factor of the soft Dice loss (Drozdzal et al. 2016, section 2), at least 0. Default null: 1, or in a planned training
    /// less where one class has nearly all pixels.
    /// </summary>
    public double? Dice { get; init; }

    /// <summary>The factor of the focal loss (Lin et al. 2017, equation 4), at least 0. Default 0.</summary>
    public double Focal { get; init; }

    /// <summary>The power by which the focal loss lowers the part of pixels that are known well, at least 0. Default 2.</summary>
    public double FocalGamma { get; init; } = 2;

    /// <summary>
    /// The factor of the Lovász-Softmax loss, a smooth form of 1 - IoU (Berman, Triki and Blaschko 2018), at least 0. It counts
    /// the classes that the labels have. Default 0.
    /// </summary>
    public double Lovasz { get; init; }

    /// <summary>
    /// Whether the Lovász-Softmax loss is that of each image, averaged, as a mean of IoU over images is. Default false: that of
    /// all pixels of a batch.
    /// </summary>
    public bool LovaszPerImage { get; init; }

    /// <summary>
    /// The factor of the Tversky loss (Salehi et al. 2017, equation 3), at least 0. Where both of its own factors are 0.5 it is
    /// the soft Dice loss. Default 0.
    /// </summary>
    public double Tversky { get; init; }

    /// <summary>
    /// What the Tversky loss weighs pixels by that are wrongly said to be of a class, at least 0 and above it here or in
    /// <see cref="TverskyBeta"/>. Default 0.3.
    /// </summary>
    public double TverskyAlpha { get; init; } = 0.3;

    /// <summary>What the Tversky loss weighs missed pixels of a class by, at least 0. Default 0.7.</summary>
    public double TverskyBeta { get; init; } = 0.7;

    /// <summary>
    /// The factor of the cross-entropy of the hardest pixels alone (online hard example mining: Shrivastava et al. 2016), at
    /// least 0. Default 0.
    /// </summary>
    public double Ohem { get; init; }

    /// <summary>
    /// The least part of a batch's pixels that count as the hardest, 0 to 1; at least one pixel does. Default 0.1.
    /// </summary>
    public double OhemFraction { get; init; } = 0.1;

    /// <summary>
    /// The probability of its label, 0 to 1, below which each pixel counts as one of the hardest, however many there are. Default
    /// 0.7.
    /// </summary>
    public double OhemThreshold { get; init; } = 0.7;

    /// <summary>
    /// The factor of a conditional random field over the image (Obukhov et al. 2019), at least 0: of neighbours of one colour,
    /// how probable it is that they are of different classes. It counts ignored pixels too, and is for labels of a part of the
    /// pixels, such as strokes. Default 0.
    /// </summary>
    public double Crf { get; init; }

    /// <summary>
    /// The part of a pixel's label that is spread over all classes in the cross-entropy (Szegedy et al. 2016, section 7), 0 to
    /// below 1. Default 0.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// How the classes are weighted in cross-entropy, focal loss and hard pixels. Default null: <see
    /// cref="ClassWeighting.None"/>, or in a planned training by their pixels. Unused with <see cref="ClassWeights"/>.
    /// </summary>
    public ClassWeighting? ClassWeighting { get; init; }

    /// <summary>A weight for each class, at least 0, instead of <see cref="ClassWeighting"/>. Default null.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>The loss with what it leaves open as it is without a plan.</summary>
    internal SegmentationLossOptions WithDefaults() => this with
    {
        Dice = Dice ?? 1,
        ClassWeighting = ClassWeighting ?? Training.ClassWeighting.None,
    };

    internal void Validate()
    {
        (double Factor, string Name)[] factors =
        [
            (CrossEntropy, "cross-entropy"), (Dice ?? 1, "Dice"), (Focal, "focal"), (Lovasz, "Lovász"), (Tversky, "Tversky"),
            (Ohem, "hard pixels"), (Crf, "conditional random field"),
        ];
        if (!factors.All(one => IsFactor(one.Factor)) || factors.All(one => one.Factor == 0))
        {
            throw new ArgumentException(
                $"The loss is {string.Join(" + ", factors.Select(one => $"{one.Factor} {one.Name}"))}; give factors of at "
                + "least 0, and one above it.", nameof(CrossEntropy));
        }
        if (!IsFactor(TverskyAlpha) || !IsFactor(TverskyBeta) || TverskyAlpha + TverskyBeta == 0)
        {
            throw new ArgumentException(
                $"The factors of the Tversky loss are {TverskyAlpha} and {TverskyBeta}; give numbers of at least 0, and one "
                + "above it.", nameof(TverskyAlpha));
        }
        Require(IsFactor(FocalGamma), nameof(FocalGamma), FocalGamma, "a power of at least 0");
        Require(OhemFraction is >= 0 and <= 1, nameof(OhemFraction), OhemFraction, "a part, 0 to 1");
        Require(OhemThreshold is >= 0 and <= 1, nameof(OhemThreshold), OhemThreshold, "a probability, 0 to 1");
        Require(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "a part, 0 to below 1");
    }

    private static bool IsFactor(double value) => value >= 0 && double.IsFinite(value);

    private static void Require(bool isRight, string name, double value, string expected)
    {
        if (!isRight) throw new ArgumentOutOfRangeException(name, value, $"Give {expected}.");
    }
}
