namespace MLSegmentation.Training;

/// <summary>Seeds of their own for each epoch and each sample, so that their order of computing does not matter.</summary>
internal static class HashSeed
{
    /// <summary>Mixes a seed with numbers (the finaliser of SplitMix64; Steele, Lea and Flood 2014).</summary>
    public static int Combine(int seed, params ReadOnlySpan<int> numbers)
    {
        ulong state = (ulong)seed;
        foreach (int number in numbers)
        {
            state = (state ^ (uint)number) + 0x9e3779b97f4a7c15;
            state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
            state = (state ^ (state >> 27)) * 0x94d049bb133111eb;
            state ^= state >> 31;
        }
        return (int)state;
    }
}
