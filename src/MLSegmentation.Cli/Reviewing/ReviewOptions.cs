namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg review</c> is asked for.</summary>
internal sealed record ReviewOptions : DataOptions
{
    /// <summary>How many regions are drawn unless it is said.</summary>
    public const int DefaultDrawn = 100;

    /// <summary>The model's file, or the record of a cross-validation.</summary>
    public string Model { get; init; } = "";

    /// <summary>The folder to write to.</summary>
    public string Out { get; init; } = "";

    /// <summary>How many regions are drawn.</summary>
    public int Drawn { get; init; } = DefaultDrawn;

    /// <summary>The least pixels of a region that is ranked.</summary>
    public int MinRegionPixels { get; init; }

    /// <summary>How the model sees images.</summary>
    public SegmentationModelOptions Scoring { get; init; } = new();

    /// <summary>Whether a JSON object is printed.</summary>
    public bool IsJson { get; init; }
}
