namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg check</c> is asked for.</summary>
internal sealed record CheckOptions : DataOptions
{
    /// <summary>The range of samples of more than 8 bits; null for the range of their type.</summary>
    public SampleRange? SampleRange { get; init; }

    /// <summary>Whether a JSON object is printed.</summary>
    public bool IsJson { get; init; }
}
