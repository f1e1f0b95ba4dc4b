using System.Globalization;

namespace MLSegmentation.Training;

/// <summary>The rules by which a fingerprint of labelled images decides about a training: each a pure function.</summary>
internal static class SegmentationRules
{
    /// <summary>Pixels that small regions are across at least, where the image has them: a cell of a map of stride 4.</summary>
    public const double LeastAcross = 4;

    /// <summary>With a smaller part of the pixels for all other classes, one class has nearly all.</summary>
    public const double FewPixels = 0.1;

    /// <summary>Batches in an epoch, at least, before a batch is made smaller.</summary>
    public const int LeastBatches = 4;

    private const int MostBatch = 8, LeastBatch = 2, LeastProbed = 30;
    private const double MostArea = 16 * TrainingSize.LargestArea, NearlyNative = 0.9, RareDice = 0.3, MostWeight = 4;
    private const double LeastWindowScale = 0.5, MostOfWindow = 0.5;

    /// <summary>
    /// The scale that images are brought to, at most 1. It gives them the area of 448×352, or as much more as the smallest
    /// regions need to be 4 pixels across, up to 16 times that area.
    /// </summary>
    public static double Scale(SegmentationFingerprint data)
    {
        double area = (double)data.Size.Width * data.Size.Height;
        double least = Math.Min(Math.Sqrt(TrainingSize.LargestArea / area), 1), most = Math.Min(Math.Sqrt(MostArea / area), 1);
        return Smallest(data) is { } small ? Math.Clamp(LeastAcross / small.Across, least, Math.Max(least, most)) : least;
    }

    /// <summary>
    /// Whether images keep their size: where the scale is nearly 1, and none has more than 16 times the usual area: a validation
    /// shows the network whole images. Else images of other shapes than most would lose the most by being brought to one size.
    /// </summary>
    public static bool IsNative(SegmentationFingerprint data) => IsNearlyNative(data) && data.Areas.Largest <= MostArea;

    /// <summary>Whether images would keep their size if none of them were too large.</summary>
    public static bool IsNearlyNative(SegmentationFingerprint data) => Scale(data) >= NearlyNative;

    /// <summary>The class with the smallest regions, the one of most pixels left out, and their size across.</summary>
    public static (int Class, double Across)? Smallest(SegmentationFingerprint data) =>
        AllButBackground(data, data.SmallestAcross) is { Length: > 0 } sizes ? sizes.MinBy(one => one.Across) : null;

    /// <summary>The class with the largest regions, the one of most pixels left out, and their size across.</summary>
    public static (int Class, double Across)? Largest(SegmentationFingerprint data) =>
        AllButBackground(data, data.LargestAcross) is { Length: > 0 } sizes ? sizes.MaxBy(one => one.Across) : null;

    /// <summary>
    /// Whether the largest regions would be more than half as far across as the window's smaller side: too often it would show
    /// the inside of a region and nothing to tell it by.
    /// </summary>
    /// <param name="data">What the images are.</param>
    /// <param name="size">The size that images are brought to, and the window.</param>
    public static bool IsTooSmall(SegmentationFingerprint data, TrainingSize size)
    {
        double scale = Math.Min((double)size.ImageWidth / data.Size.Width, (double)size.ImageHeight / data.Size.Height);
        return Largest(data) is { } large
            && large.Across * scale > MostOfWindow * Math.Min(size.WindowWidth, size.WindowHeight);
    }

    /// <summary>
    /// A window with which at least 300 batches fit a time that so many of the usual one fit, as a step's time goes by the area;
    /// at least half of its sides, and the usual one where that fits.
    /// </summary>
    /// <param name="usual">The usual window.</param>
    /// <param name="multiple">What sides are multiples of.</param>
    /// <param name="batches">How many batches of the usual window fit.</param>
    public static (int Width, int Height) FitWindow((int Width, int Height) usual, int multiple, double batches)
    {
        if (batches >= TrainingLength.LeastBatches) return usual;
        double scale = Math.Max(Math.Sqrt(batches / TrainingLength.LeastBatches), LeastWindowScale);
        return (TrainingSize.Round(usual.Width * scale, multiple), TrainingSize.Round(usual.Height * scale, multiple));
    }

    /// <summary>8 images a batch, fewer where an epoch would have fewer than 4 batches, and 2 at least.</summary>
    public static int Batch(int images) => Math.Clamp(images / LeastBatches, LeastBatch, MostBatch);

    /// <summary>
    /// The factor of Dice beside that of cross-entropy, 1, or 0.3 where one class has more than nine tenths of the pixels: there
    /// Dice alone is flat, and cross-entropy has to begin.
    /// </summary>
    public static double Dice(SegmentationFingerprint data) => IsRare(data) ? RareDice : 1;

    /// <summary>
    /// Weights of the classes where one has nearly all pixels: the cube root of how much rarer a class is than that one, at most
    /// 4; null where none is needed. 93 and 7 percent give 1 and 2.4.
    /// </summary>
    public static float[]? ClassWeights(SegmentationFingerprint data)
    {
        if (!IsRare(data)) return null;
        double most = data.PixelParts[data.Background];
        float Weight(double part) => part > 0 ? (float)Math.Round(Math.Min(Math.Cbrt(most / part), MostWeight), 1) : 1;
        return [.. data.PixelParts.Select(Weight)];
    }

    /// <summary>
    /// Whether up matters: where the probe tells more images from their mirror images than it would by chance, by two standard
    /// deviations, and where there are too few images (less than 30) to ask.
    /// </summary>
    public static bool IsUpright(SegmentationFingerprint data) => data.UprightAccuracy is not { } accuracy
        || data.Looked < LeastProbed || accuracy > UprightLimit(data);

    /// <summary>The accuracy of the probe above which up matters: for 100 images 0.6.</summary>
    public static double UprightLimit(SegmentationFingerprint data) => 0.5 + 1 / Math.Sqrt(data.Looked);

    /// <summary>Whether there were images enough for the probe.</summary>
    public static bool IsProbed(SegmentationFingerprint data) => data.UprightAccuracy is not null && data.Looked >= LeastProbed;

    /// <summary>A number as the table writes it: at most two places behind the point.</summary>
    public static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static (int Class, double Across)[] AllButBackground(SegmentationFingerprint data, IReadOnlyList<double?> across) =>
        [.. across.Index().Where(one => one.Item is not null && one.Index != data.Background)
            .Select(one => (one.Index, one.Item!.Value))];

    private static bool IsRare(SegmentationFingerprint data) => data.PixelParts[data.Background] > 1 - FewPixels;
}
