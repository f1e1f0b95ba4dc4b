using System.Globalization;

namespace MLSegmentation;

/// <summary>
/// The metrics of semantic segmentation, all 0 to 1, over every pixel of a data set at once: not a mean of each image's.
/// With n(i,j) the pixels of class i predicted as class j, t(i) all labelled as i, and u(i) all labelled or predicted as i:
/// <list type="bullet">
/// <item>pixel accuracy: sum of n(i,i) / sum of t(i)</item>
/// <item>mean accuracy: mean of n(i,i) / t(i) over the classes that are in the label</item>
/// <item>mean IoU: mean of n(i,i) / u(i) over the classes that are in the label or predicted</item>
/// <item>frequency-weighted IoU: sum of t(i) n(i,i) / u(i), by the sum of t(i)</item>
/// </list>
/// Ignored pixels (label key 0) count nowhere, also where something was predicted on them. A labelled pixel that was given no
/// class (prediction key 0) is wrong: it is in t(i) and u(i) of its label. A class that is predicted but in no label has an IoU
/// of 0, which pulls the mean IoU down. A class absent from both is left out of the means and
/// <see cref="ClassMetrics.IsAbsent"/>.
/// </summary>
/// <remarks>
/// Source: Long, Shelhamer and Darrell, "Fully convolutional networks for semantic segmentation", 2015, section 5.
/// </remarks>
public sealed class SegmentationMetrics
{
    /// <summary>
    /// Computes the metrics of the counts as they are now; counts added later change nothing here. What needs images and not
    /// their sum is null.
    /// </summary>
    /// <param name="confusionMatrix">The counts; they are copied.</param>
    /// <param name="classNames">One name a class.</param>
    /// <exception cref="ArgumentException">There are more names than classes or fewer.</exception>
    /// <exception cref="InvalidOperationException">No pixel has a label: nothing was added, or all was ignored.</exception>
    public SegmentationMetrics(PixelConfusionMatrix confusionMatrix, IReadOnlyList<string> classNames)
        : this(confusionMatrix, classNames, null, null)
    {
    }

    internal SegmentationMetrics(
        PixelConfusionMatrix confusionMatrix, IReadOnlyList<string> classNames, BoundaryIoU? boundaryIoU, BoundaryF1? boundaryF1)
    {
        ArgumentNullException.ThrowIfNull(confusionMatrix);
        confusionMatrix.CheckNames(classNames);
        long pixels = confusionMatrix.LabeledPixels;
        if (pixels == 0)
        {
            throw new InvalidOperationException(
                "There is no labelled pixel to measure on: no mask was counted, or all their pixels are ignored. "
                + "Check that the data has rows and that its masks hold classes beside the ignore label.");
        }

        ConfusionMatrix = new PixelConfusionMatrix(confusionMatrix.Classes);
        ConfusionMatrix.Merge(confusionMatrix);
        IReadOnlyList<double?>? boundaryIoUs = boundaryIoU?.PerClass, boundaryF1s = boundaryF1?.PerClass;
        PerClass = [.. classNames.Select((name, index) => new ClassMetrics(
            name, ConfusionMatrix[index, index], ConfusionMatrix.LabelPixels(index), ConfusionMatrix.PredictedPixels(index))
        {
            BoundaryIoU = boundaryIoUs?[index],
            BoundaryF1 = boundaryF1s?[index],
        })];

        long right = Enumerable.Range(0, ConfusionMatrix.Classes).Sum(index => ConfusionMatrix[index, index]);
        PixelAccuracy = (double)right / pixels;
        // Average leaves nulls out, and a labelled pixel gives its class both values: the means are never null.
        MeanAccuracy = PerClass.Average(one => one.Recall)!.Value;
        MeanIoU = PerClass.Average(one => one.IoU)!.Value;
        FrequencyWeightedIoU = PerClass.Sum(one => one.LabelPixels * (one.IoU ?? 0)) / pixels;
        BoundaryIoU = PerClass.Average(one => one.BoundaryIoU);
        BoundaryF1 = PerClass.Average(one => one.BoundaryF1);
    }

    /// <summary>The part of all labelled pixels that was predicted right. Easily high: a large background carries it.</summary>
    public double PixelAccuracy { get; }

    /// <summary>The mean of <see cref="ClassMetrics.Recall"/> over the classes that are in the label.</summary>
    public double MeanAccuracy { get; }

    /// <summary>The mean of <see cref="ClassMetrics.IoU"/> over the classes that are in the label or predicted.</summary>
    public double MeanIoU { get; }

    /// <summary>The mean of <see cref="ClassMetrics.IoU"/> weighted by the number of pixels labelled as the class.</summary>
    public double FrequencyWeightedIoU { get; }

    /// <summary>
    /// The mean over images of the mean IoU of each, over the classes in its label or prediction. A small object weighs here as
    /// much as a large one. Null where only the sum of the images is known.
    /// </summary>
    public double? MeanImageIoU { get; internal init; }

    /// <summary>
    /// The 95 % interval of <see cref="MeanIoU"/>: what other images of the same kind would change, not what another training
    /// would. Null where it was not asked for.
    /// </summary>
    /// <remarks>
    /// Images are drawn with replacement; where they are of one scene, the interval is too narrow. Source: Efron and Tibshirani,
    /// "An introduction to the bootstrap", 1993, section 13.3.
    /// </remarks>
    public ConfidenceInterval? MeanIoUInterval { get; internal init; }

    /// <summary>
    /// The mean of <see cref="ClassMetrics.BoundaryIoU"/> over the classes that are in the label or predicted. Null where it was
    /// not asked for.
    /// </summary>
    public double? BoundaryIoU { get; }

    /// <summary>
    /// The mean of <see cref="ClassMetrics.BoundaryF1"/> over the classes that are in the label or predicted. Null where it was
    /// not asked for.
    /// </summary>
    public double? BoundaryF1 { get; }

    /// <summary>
    /// How far the confidence of predictions is from how often they are right, over 15 bins of confidence: 0 (as sure as right)
    /// to 1. Null where it was not asked for.
    /// </summary>
    /// <remarks>Source: Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", 2017, section 2.</remarks>
    public double? ExpectedCalibrationError { get; internal init; }

    /// <summary>Each class's own metrics, in the order of the classes.</summary>
    public IReadOnlyList<ClassMetrics> PerClass { get; }

    /// <summary>The counts behind the metrics: a copy that belongs to this object.</summary>
    public PixelConfusionMatrix ConfusionMatrix { get; }

    /// <summary>
    /// The metrics as a table of the classes and a line a mean; <c>absent</c> marks a class that is in no mean. What was not
    /// measured is left out.
    /// </summary>
    public override string ToString()
    {
        string[] boundaries = BoundaryIoU is null ? [] : ["boundary IoU", "boundary F1"];
        var table = new TextTable(
            ["class", "IoU", "Dice", "precision", "recall", .. boundaries, "label pixels", "predicted pixels"]);
        foreach (ClassMetrics one in PerClass)
        {
            string[] near = BoundaryIoU is null ? [] : [Text(one, one.BoundaryIoU), Text(one, one.BoundaryF1)];
            table.Add([
                one.Name, Text(one, one.IoU), Text(one, one.Dice), Text(one, one.Precision), Text(one, one.Recall), .. near,
                Text(one.LabelPixels), Text(one.PredictedPixels)]);
        }
        return $"{table}{Environment.NewLine}{Environment.NewLine}{Means()}";
    }

    private TextTable Means()
    {
        var means = new TextTable(["mean IoU", Text(MeanIoU)]);
        if (MeanIoUInterval is { } interval)
        {
            means.Add(["  95 % interval, from", Text(interval.Lower)]);
            means.Add(["  to", Text(interval.Upper)]);
        }
        if (MeanImageIoU is { } perImage) means.Add(["mean IoU of an image", Text(perImage)]);
        means.Add(["pixel accuracy", Text(PixelAccuracy)]);
        means.Add(["mean accuracy", Text(MeanAccuracy)]);
        means.Add(["frequency-weighted IoU", Text(FrequencyWeightedIoU)]);
        if (BoundaryIoU is { } boundaryIoU) means.Add(["boundary IoU", Text(boundaryIoU)]);
        if (BoundaryF1 is { } boundaryF1) means.Add(["boundary F1", Text(boundaryF1)]);
        if (ExpectedCalibrationError is { } error) means.Add(["calibration error", Text(error)]);
        return means;
    }

    private static string Text(ClassMetrics one, double? value) => one.IsAbsent ? "absent" : Text(value);

    private static string Text(double? value) => value?.ToString("F4", CultureInfo.InvariantCulture) ?? "-";

    private static string Text(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
