namespace MLSegmentation.Training;

/// <summary>The mean of values as they come.</summary>
internal sealed class RunningMean
{
    private double _sum;
    private long _weight;

    /// <summary>The mean; not a number before the first value.</summary>
    public double Value => _sum / _weight;

    /// <summary>Adds a value that stands for so many.</summary>
    public void Add(double value, int weight)
    {
        _sum += value * weight;
        _weight += weight;
    }
}
