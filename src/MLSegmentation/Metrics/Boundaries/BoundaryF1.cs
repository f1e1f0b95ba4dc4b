namespace MLSegmentation;

/// <summary>
/// Boundary F1 (BF): how much of the predicted contours lies near a true one (precision), and how much of the true contours near
/// a predicted one (recall): 2 · precision · recall / (precision + recall), of each class in each image, then the mean over
/// images. A contour is the pixels of a class that have another class, or the outside of the image, among their eight neighbours.
/// </summary>
/// <remarks>
/// The contour of a square of 10×10 pixels has 36 pixels. In an image of 200×200, where 0.75 % of the diagonal are 2.1 pixels, a
/// prediction moved by one or two pixels has a BF of 1. In one of 50×50 (0.53 pixels) the square moved by one pixel shares 18
/// pixels with the true contour: precision and recall are 18/36 and BF is 0.5. Source: Csurka, Larlus and Perronnin, "What is a
/// good evaluation measure for semantic segmentation?", 2013: distances below the tolerance count, per image. A class that only
/// the label or only the prediction has in an image gets 0 there; one that neither has is left out. Ignored pixels (label key 0)
/// belong to no class, in label and prediction. Not safe for use by several threads at once.
/// </remarks>
internal sealed class BoundaryF1
{
    /// <summary>The paper's tolerance: 0.75 % of the diagonal.</summary>
    public const double DefaultTolerance = 0.0075;

    private readonly double[] _sums;
    private readonly long[] _images;
    private readonly double _tolerance;

    /// <summary>Without any image.</summary>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <param name="tolerance">
    /// The distance that is still near, as a fraction of the image's diagonal, above 0 and at most 1. Default 0.0075.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public BoundaryF1(int classes, double tolerance = DefaultTolerance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        _tolerance = LabelledMasks.CheckFraction(tolerance, nameof(tolerance));
        (_sums, _images) = (new double[classes], new long[classes]);
    }

    /// <summary>
    /// The mean of each class over the images that have it in label or prediction, 0 to 1; null where none has.
    /// </summary>
    public IReadOnlyList<double?> PerClass =>
        [.. _sums.Select((sum, index) => _images[index] == 0 ? (double?)null : sum / _images[index])];

    /// <summary>Measures one image.</summary>
    /// <inheritdoc cref="BoundaryIoU.Add"/>
    public void Add(ReadOnlySpan<uint> labels, ReadOnlySpan<uint> predictions, int width, int height)
    {
        uint[] judged = LabelledMasks.Judged(labels, predictions, width, height, _sums.Length);
        double tolerance = LabelledMasks.OfDiagonal(_tolerance, width, height);
        int classes = _sums.Length;
        MaskContours truth = new(labels, width, height), found = new(judged, width, height);
        long[] labelled = truth.Count(classes), predicted = found.Count(classes);
        long[] reached = truth.CountNear(found, tolerance, classes), near = found.CountNear(truth, tolerance, classes);
        for (int index = 0; index < classes; index++)
        {
            int key = index + 1;
            if (labelled[key] + predicted[key] == 0) continue;
            _images[index]++;
            if (labelled[key] == 0 || predicted[key] == 0) continue;
            double precision = (double)near[key] / predicted[key], recall = (double)reached[key] / labelled[key];
            if (precision + recall > 0) _sums[index] += 2 * precision * recall / (precision + recall);
        }
    }
}
