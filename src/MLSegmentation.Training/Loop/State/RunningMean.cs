using System.Text.Json.Serialization;

namespace MLSegmentation.Training;

/// <summary>The mean of values as they come.</summary>
/// <param name="Sum">The sum of the values times what they stand for.</param>
/// <param name="Weight">What they stand for in all.</param>
internal readonly record struct RunningMean(double Sum, long Weight)
{
    /// <summary>The mean; not a number before the first value.</summary>
    [JsonIgnore]
    public double Value => Sum / Weight;

    /// <summary>With one more value, which stands for so many.</summary>
    public RunningMean With(double value, int weight) => new(Sum + value * weight, Weight + weight);

    /// <summary>The mean of the values of both.</summary>
    public static RunningMean operator +(RunningMean one, RunningMean other) =>
        new(one.Sum + other.Sum, one.Weight + other.Weight);
}
