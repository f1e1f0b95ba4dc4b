using MLSegmentation.Metrics;

namespace MLSegmentation.Cli.Display;

/// <summary>The metrics of a segmentation as a JSON object.</summary>
internal static class MetricsReport
{
    /// <summary>The object; what was not measured is null.</summary>
    public static Dictionary<string, object?> ToJson(SegmentationMetrics metrics) => new()
    {
        ["meanIoU"] = metrics.MeanIoU,
        ["meanIoUInterval"] = metrics.MeanIoUInterval is { } interval ? new[] { interval.Lower, interval.Upper } : null,
        ["meanImageIoU"] = metrics.MeanImageIoU,
        ["pixelAccuracy"] = metrics.PixelAccuracy,
        ["meanAccuracy"] = metrics.MeanAccuracy,
        ["frequencyWeightedIoU"] = metrics.FrequencyWeightedIoU,
        ["boundaryIoU"] = metrics.BoundaryIoU,
        ["boundaryF1"] = metrics.BoundaryF1,
        ["expectedCalibrationError"] = metrics.ExpectedCalibrationError,
        ["perClassIoU"] = metrics.PerClass.ToDictionary(one => one.Name, one => one.IoU),
        ["perClass"] = metrics.PerClass.ToDictionary(one => one.Name, one => new
        {
            iou = one.IoU,
            dice = one.Dice,
            precision = one.Precision,
            recall = one.Recall,
            boundaryIoU = one.BoundaryIoU,
            boundaryF1 = one.BoundaryF1,
            labelPixels = one.LabelPixels,
            predictedPixels = one.PredictedPixels,
        }),
    };
}
