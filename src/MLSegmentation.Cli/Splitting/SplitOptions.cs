namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg split</c> is asked for.</summary>
internal sealed record SplitOptions : DataOptions
{
    /// <summary>The split file to write.</summary>
    public string Out { get; init; } = "";

    /// <summary>Whether a file that is there may be replaced.</summary>
    public bool Overwrites { get; init; }

    /// <summary>The share of each part.</summary>
    public SplitFractions Fractions { get; init; } = SplitFractions.Default;

    /// <summary>The regular expression of what is equal in the names of images that stay together; null for none.</summary>
    public string? GroupBy { get; init; }

    /// <summary>Equal seeds give equal parts.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether a JSON object is printed.</summary>
    public bool IsJson { get; init; }
}
