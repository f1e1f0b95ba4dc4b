namespace MLSegmentation.Training;

/// <summary>Random numbers of the distributions that augmentation needs.</summary>
internal static class RandomRange
{
    /// <summary>A number from low to high; logarithmic where halving is to be as likely as doubling.</summary>
    public static double Between(this Random random, double low, double high, bool logarithmic)
    {
        double part = random.NextDouble();
        return logarithmic ? low * Math.Pow(high / low, part) : low + (high - low) * part;
    }

    /// <summary>Two independent numbers of the normal distribution (Box and Muller 1958).</summary>
    public static (double First, double Second) NextNormals(this Random random)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        var (sin, cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
        return (radius * cos, radius * sin);
    }
}
