using MLSegmentation.Training;

namespace MLSegmentation.Cli.Display;

/// <summary>Puts a training's progress into words, and keeps the last of it for the summary.</summary>
internal sealed class TrainingReport(IProgress<ProgressStep> display) : IProgress<TrainingProgress>
{
    private TrainingProgress? _last;

    /// <summary>What the training came to, such as <c>12 epochs, loss 0.0421, pixel accuracy 0.9812</c>.</summary>
    public string Summary => _last is { } last ? $"{last.Epoch} {(last.Epoch == 1 ? "epoch" : "epochs")}, {Measures(last)}" : "nothing was trained";

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        _last = value;
        string epoch = value.Epochs is int epochs ? $"epoch {value.Epoch}/{epochs}" : $"epoch {value.Epoch}";
        display.Report(new ProgressStep(value.Fraction, $"{epoch}, {Measures(value)}, {value.ImagesPerSecond:F1} images/s, {Text(value.TimeLeft)} left"));
    }

    // An autoencoder's loss is its metric: said once.
    private static string Measures(TrainingProgress value) =>
        (value.Loss == value.Metric ? "" : $"loss {value.Loss:F4}, ") + $"{value.MetricName} {value.Metric:F4}";

    private static string Text(TimeSpan time) => time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss");
}
