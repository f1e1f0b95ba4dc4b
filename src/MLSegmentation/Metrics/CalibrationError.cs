namespace MLSegmentation;

/// <summary>
/// Expected calibration error (ECE): how far the confidence of predictions is from how often they are right. Pixels are put into
/// 15 bins of equal width by their confidence; of each bin the mean confidence and the part that is right are compared, and the
/// differences are averaged by the bins' pixels.
/// </summary>
/// <remarks>
/// Four pixels of confidence 0.95, of which three are right, and one of 0.5 that is right: 4/5 · |0.95 - 0.75| + 1/5 · |0.5 - 1|
/// = 0.26. Source: Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", 2017, section 2, with the 15 bins
/// of their experiments; bin m holds the confidences in ((m - 1)/15, m/15]. Ignored pixels (label key 0) count nowhere; a
/// prediction of key 0 is wrong. Not safe for use by several threads at once.
/// </remarks>
internal sealed class CalibrationError
{
    private const int Bins = 15;

    // A softmax of floats may end a little above 1.
    private const float Highest = 1.0001f;

    private readonly long[] _pixels = new long[Bins];
    private readonly long[] _right = new long[Bins];
    private readonly double[] _confidence = new double[Bins];

    /// <summary>The error of all pixels so far, 0 (as sure as right) to 1; null where no pixel is labelled.</summary>
    public double? Value
    {
        get
        {
            long pixels = _pixels.Sum();
            if (pixels == 0) return null;
            return Enumerable.Range(0, Bins).Sum(bin => Math.Abs(_right[bin] - _confidence[bin])) / pixels;
        }
    }

    /// <summary>Counts the pixels of one image or of a part of it.</summary>
    /// <param name="labels">The true keys: 0 is ignored, k + 1 is class k.</param>
    /// <param name="predictions">The predicted keys; 0 is no class.</param>
    /// <param name="confidences">The probability of each pixel's best class, 0 to 1.</param>
    /// <exception cref="ArgumentException">The numbers of labels, predictions and confidences differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence of a labelled pixel is outside 0 to 1.</exception>
    public void Add(ReadOnlySpan<uint> labels, ReadOnlySpan<uint> predictions, ReadOnlySpan<float> confidences)
    {
        if (labels.Length != predictions.Length || labels.Length != confidences.Length)
        {
            throw new ArgumentException(
                $"Received {labels.Length} labels, {predictions.Length} predictions and {confidences.Length} confidences, "
                + "expected as many of each: one a pixel.",
                nameof(confidences));
        }
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == 0) continue;
            float confidence = confidences[i];
            if (confidence is not (>= 0 and <= Highest))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(confidences), confidence,
                    $"Pixel {i} has the confidence {confidence}, expected a probability of 0 to 1.");
            }
            int bin = Math.Clamp((int)Math.Ceiling((double)confidence * Bins) - 1, 0, Bins - 1);
            _pixels[bin]++;
            _confidence[bin] += confidence;
            if (labels[i] == predictions[i]) _right[bin]++;
        }
    }
}
