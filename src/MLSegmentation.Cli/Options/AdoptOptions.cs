namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg adopt</c> is asked for.</summary>
internal sealed record AdoptOptions
{
    /// <summary>The file to write.</summary>
    public string Out { get; init; } = "";

    /// <summary>Whether a file that is there is replaced.</summary>
    public bool Overwrites { get; init; }

    /// <summary>The file of classes; null for the model's.</summary>
    public string? ClassFile { get; init; }

    /// <summary>What is said of the model.</summary>
    public SegmentationModelOptions Scoring { get; init; } = new();

    /// <summary>Whether a JSON object is printed.</summary>
    public bool IsJson { get; init; }
}
