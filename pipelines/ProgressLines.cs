using MLSegmentation.Training;

/// <summary>Writes a line whenever another tenth of the training is done.</summary>
internal sealed class ProgressLines : IProgress<TrainingProgress>
{
    private int _tenths;

    public void Report(TrainingProgress value)
    {
        if (value.Fraction * 10 < _tenths + 1) return;
        _tenths = (int)(value.Fraction * 10);
        Console.WriteLine(
            $"{value.Fraction,4:P0}  epoch {value.Epoch}  loss {value.Loss:F4}  {value.MetricName} {value.Metric:F4}  "
            + $"{value.ImagesPerSecond:F0} images/s  {value.TimeLeft?.TotalSeconds:F0} s left");
    }
}
