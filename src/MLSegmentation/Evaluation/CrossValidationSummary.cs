using System.Globalization;

namespace MLSegmentation;

/// <summary>What a cross-validation comes to: each figure of its folds, with mean and standard deviation.</summary>
/// <example>
/// <code>
/// Console.WriteLine(new CrossValidationSummary(folds.Select(fold => fold.Metrics)));
/// </code>
/// </example>
public sealed class CrossValidationSummary
{
    /// <summary>Sums folds up.</summary>
    /// <param name="folds">The metrics of each fold, of the same classes.</param>
    /// <exception cref="ArgumentException">There is no fold, or they have different classes.</exception>
    public CrossValidationSummary(IEnumerable<SegmentationMetrics> folds)
    {
        ArgumentNullException.ThrowIfNull(folds);
        SegmentationMetrics[] all = [.. folds];
        if (all.Length == 0) throw new ArgumentException("There is no fold, expected at least one.", nameof(folds));
        string[] classes = [.. all[0].PerClass.Select(one => one.Name)];
        foreach (SegmentationMetrics other in all)
        {
            if (other.PerClass.Select(one => one.Name).SequenceEqual(classes)) continue;
            throw new ArgumentException(
                $"A fold has the classes {ClassText.Join([.. other.PerClass.Select(one => one.Name)])}, the first has "
                + $"{ClassText.Join(classes)}; give folds of the same classes.", nameof(folds));
        }
        FoldFigure Figure(string name, Func<SegmentationMetrics, double?> value) => new(name, [.. all.Select(value)]);
        FoldFigure[] figures =
        [
            Figure("mean IoU", one => one.MeanIoU),
            Figure("mean image IoU", one => one.MeanImageIoU),
            Figure("pixel accuracy", one => one.PixelAccuracy),
            Figure("mean accuracy", one => one.MeanAccuracy),
            Figure("frequency-weighted IoU", one => one.FrequencyWeightedIoU),
            Figure("boundary IoU", one => one.BoundaryIoU),
            Figure("boundary F1", one => one.BoundaryF1),
            Figure("expected calibration error", one => one.ExpectedCalibrationError),
            .. classes.Select((name, index) => Figure($"IoU of {name}", one => one.PerClass[index].IoU)),
        ];
        Figures = [.. figures.Where(figure => figure.Mean is not null)];
    }

    /// <summary>The figures that were measured.</summary>
    public IReadOnlyList<FoldFigure> Figures { get; }

    /// <summary>A table: a row a figure, with a column for each fold, the mean and the deviation.</summary>
    public override string ToString()
    {
        int folds = Figures[0].Values.Count;
        var table = new TextTable(["", .. Enumerable.Range(1, folds).Select(fold => $"fold {fold}"), "mean", "deviation"]);
        foreach (FoldFigure figure in Figures)
            table.Add([figure.Name, .. figure.Values.Select(Text), Text(figure.Mean), Text(figure.Deviation)]);
        return table.ToString();
    }

    private static string Text(double? value) => value?.ToString("F4", CultureInfo.InvariantCulture) ?? "-";
}
