namespace MLSegmentation.Training;

/// <summary>Random numbers in a range.</summary>
internal static class RandomRange
{
    /// <summary>A number from low to high; logarithmic where halving is to be as likely as doubling.</summary>
    public static double Between(this Random random, double low, double high, bool logarithmic)
    {
        double part = random.NextDouble();
        return logarithmic ? low * Math.Pow(high / low, part) : low + (high - low) * part;
    }
}
