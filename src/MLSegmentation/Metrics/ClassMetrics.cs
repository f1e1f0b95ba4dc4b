namespace MLSegmentation;

/// <summary>How well one class was found. Only labelled pixels count; see <see cref="SegmentationMetrics"/>.</summary>
public sealed record ClassMetrics
{
    internal ClassMetrics(string name, long truePixels, long labelPixels, long predictedPixels)
    {
        Name = name;
        LabelPixels = labelPixels;
        PredictedPixels = predictedPixels;
        long union = labelPixels + predictedPixels - truePixels;
        IoU = union == 0 ? null : (double)truePixels / union;
        Dice = union == 0 ? null : 2.0 * truePixels / (labelPixels + predictedPixels);
        Precision = predictedPixels == 0 ? null : (double)truePixels / predictedPixels;
        Recall = labelPixels == 0 ? null : (double)truePixels / labelPixels;
    }

    /// <summary>The class's name.</summary>
    public string Name { get; }

    /// <summary>
    /// Intersection over union, 0 to 1: the pixels right by those labelled or predicted as the class. Null where it is absent.
    /// </summary>
    public double? IoU { get; }

    /// <summary>
    /// Dice coefficient, also F1, 0 to 1: twice the pixels right by those labelled plus those predicted as the class;
    /// 2 IoU / (1 + IoU). Null where it is absent.
    /// </summary>
    public double? Dice { get; }

    /// <summary>
    /// The part of the labelled pixels predicted as the class that is right, 0 to 1. Null where none is predicted so.
    /// </summary>
    public double? Precision { get; }

    /// <summary>
    /// The part of the class's labelled pixels that was predicted right, 0 to 1; also the accuracy of the class. Null where none
    /// is labelled so.
    /// </summary>
    public double? Recall { get; }

    /// <summary>
    /// The IoU of the pixels near the class's boundary alone, 0 to 1, so that large areas do not hide ragged outlines. Null where
    /// the class is absent or it was not measured.
    /// </summary>
    /// <remarks>
    /// Source: Cheng, Girshick, Dollár, Berg and Kirillov, "Boundary IoU: improving object-centric image segmentation
    /// evaluation", 2021.
    /// </remarks>
    public double? BoundaryIoU { get; internal init; }

    /// <summary>
    /// The harmonic mean of how much of the predicted contours lies near a true one, and of the true near a predicted one, 0 to
    /// 1. It is the mean over images. Null where the class is absent or it was not measured.
    /// </summary>
    /// <remarks>
    /// Source: Csurka, Larlus and Perronnin, "What is a good evaluation measure for semantic segmentation?", 2013.
    /// </remarks>
    public double? BoundaryF1 { get; internal init; }

    /// <summary>The number of pixels labelled as this class.</summary>
    public long LabelPixels { get; }

    /// <summary>The number of labelled pixels predicted as this class.</summary>
    public long PredictedPixels { get; }

    /// <summary>Whether no pixel was labelled or predicted as this class: it then is left out of every mean.</summary>
    public bool IsAbsent => LabelPixels == 0 && PredictedPixels == 0;
}
