namespace MLSegmentation.Cli;

/// <summary>The metrics of a segmentation as a JSON object.</summary>
internal static class MetricsReport
{
    /// <summary>
    /// The object; what was not measured is null. A class whose name another one before it has is <c>NAME (INDEX)</c>.
    /// </summary>
    public static Dictionary<string, object?> ToJson(SegmentationMetrics metrics)
    {
        var byName = new Dictionary<string, ClassMetrics>();
        foreach ((int index, ClassMetrics one) in metrics.PerClass.Index())
        {
            if (!byName.TryAdd(one.Name, one)) byName.Add($"{one.Name} ({index})", one);
        }
        return ToJson(metrics, byName);
    }

    private static Dictionary<string, object?> ToJson(SegmentationMetrics metrics, Dictionary<string, ClassMetrics> byName) =>
        new()
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
            ["perClassIoU"] = byName.ToDictionary(one => one.Key, one => one.Value.IoU),
            ["perClass"] = byName.ToDictionary(one => one.Key, one => new
            {
                iou = one.Value.IoU,
                dice = one.Value.Dice,
                precision = one.Value.Precision,
                recall = one.Value.Recall,
                boundaryIoU = one.Value.BoundaryIoU,
                boundaryF1 = one.Value.BoundaryF1,
                labelPixels = one.Value.LabelPixels,
                predictedPixels = one.Value.PredictedPixels,
            }),
        };
}
