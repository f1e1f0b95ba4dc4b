using MLSegmentation.Training;

/// <summary>Keeps and prints what a training with held-back images reports at the end of each epoch.</summary>
internal sealed class TrainingCurve(string name) : IProgress<TrainingProgress>
{
    /// <summary>The mean training loss of each epoch.</summary>
    public List<double> Losses { get; } = [];

    /// <summary>The part of the held-back images that is classified wrong after each epoch, in percent.</summary>
    public List<double> Errors { get; } = [];

    public void Report(TrainingProgress value)
    {
        if (value.ValidationMetric is not { } accuracy) return;
        Losses.Add(value.Loss);
        Errors.Add(100 * (1 - accuracy));
        Console.WriteLine(
            $"{name,-12}  epoch {value.Epoch}  loss {value.Loss:F4}  {value.MetricName} {value.Metric:P2}, "
            + $"held back {accuracy:P2}  {value.ImagesPerSecond:F0} images/s");
    }
}
