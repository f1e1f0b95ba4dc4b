namespace MLSegmentation;

/// <summary>
/// Boundary IoU: the IoU of a class counted over the pixels near its boundary alone, so that large areas, which are easily right,
/// do not hide ragged outlines. The boundary of a mask is what lies in it within a distance of its edge, here the pixels that
/// erosion by a square takes away; the image's border is an edge too. Pixels are counted over all images, then divided, as for
/// IoU.
/// </summary>
/// <remarks>
/// A square of 10×10 pixels in an image of 50×50 has, at a width of 2 % of the diagonal (1.41, rounded to 1), a boundary of 36
/// pixels. Predicted one pixel to the right, 36 pixels too, of which 18 are common: the two columns of boundary move away, and
/// the rows keep 9 each. Boundary IoU 18 / 54 = 1/3, where IoU is 90 / 110 = 0.82. Source: Cheng, Girshick, Dollár, Berg and
/// Kirillov, "Boundary IoU: improving object-centric image segmentation evaluation", 2021; the width is rounded, and at least 1,
/// as in the authors' <c>mask_to_boundary</c>. They measure objects; here each class is one. Ignored pixels (label key 0) count
/// nowhere, and where they begin, label and prediction both end. Not safe for use by several threads at once.
/// </remarks>
internal sealed class BoundaryIoU
{
    /// <summary>The paper's width: 2 % of the diagonal.</summary>
    public const double DefaultWidth = 0.02;

    private readonly long[] _common;
    private readonly long[] _labels;
    private readonly long[] _predictions;
    private readonly double _width;

    /// <summary>Without any image.</summary>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <param name="width">
    /// How far a boundary reaches into its class, as a fraction of the image's diagonal, above 0 and at most 1. Default 0.02.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public BoundaryIoU(int classes, double width = DefaultWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        _width = LabelledMasks.CheckFraction(width, nameof(width));
        (_common, _labels, _predictions) = (new long[classes], new long[classes], new long[classes]);
    }

    /// <summary>The Boundary IoU of each class, 0 to 1; null for a class that is in no label and no prediction.</summary>
    public IReadOnlyList<double?> PerClass => [.. _common.Select((common, index) => _labels[index] + _predictions[index] is 0
        ? (double?)null
        : (double)common / (_labels[index] + _predictions[index] - common))];

    /// <summary>Counts one image.</summary>
    /// <param name="labels">The true keys, row by row: 0 is ignored, k + 1 is class k.</param>
    /// <param name="predictions">The predicted keys; 0 is no class.</param>
    /// <param name="width">The image's width in pixels.</param>
    /// <param name="height">The image's height in pixels.</param>
    /// <exception cref="ArgumentException">A mask does not have width × height pixels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is less than 1, or a key is greater than the number of classes.
    /// </exception>
    public void Add(ReadOnlySpan<uint> labels, ReadOnlySpan<uint> predictions, int width, int height)
    {
        uint[] judged = LabelledMasks.Judged(labels, predictions, width, height, _common.Length);
        int pixels = Math.Max((int)Math.Round(LabelledMasks.OfDiagonal(_width, width, height)), 1);
        bool[] isLabel = BoundaryRegion.Mark(labels, width, pixels), isPrediction = BoundaryRegion.Mark(judged, width, pixels);
        for (int i = 0; i < judged.Length; i++)
        {
            if (isLabel[i] && labels[i] > 0) _labels[labels[i] - 1]++;
            if (isPrediction[i] && judged[i] > 0) _predictions[judged[i] - 1]++;
            if (isLabel[i] && isPrediction[i] && labels[i] == judged[i] && labels[i] > 0) _common[labels[i] - 1]++;
        }
    }
}
