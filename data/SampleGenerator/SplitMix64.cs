namespace MLSegmentation.SampleGenerator;

/// <summary>
/// Random numbers that are the same in every version of .NET, which <see cref="Random"/> does not promise.
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
/// </summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>A number from <paramref name="low"/> up to, not including, <paramref name="high"/>.</summary>
    public float Between(double low, double high) => (float)(low + (high - low) * ((Next() >> 11) * (1.0 / (1ul << 53))));

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Whole(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    public bool Chance(double probability) => Between(0, 1) < probability;

    /// <summary>Nearly a normal distribution of mean 0 and deviation 1: a sum of three, scaled.</summary>
    public float Normal() => 2 * (Between(0, 1) + Between(0, 1) + Between(0, 1) - 1.5f);

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
