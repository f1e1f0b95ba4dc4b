namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg evaluate</c> is asked for.</summary>
internal sealed record EvaluateOptions : DataOptions
{
    /// <summary>The model's file.</summary>
    public string Model { get; init; } = "";

    /// <summary>The folder for pictures; null for none.</summary>
    public string? Pictures { get; init; }

    /// <summary>The file for the confusion matrix; null for none.</summary>
    public string? Matrix { get; init; }

    /// <summary>Whether boundaries are measured.</summary>
    public bool Boundaries { get; init; }

    /// <summary>Whether the calibration error is measured.</summary>
    public bool Calibration { get; init; }

    /// <summary>How often images are drawn for the interval of the mean IoU; 0 for none.</summary>
    public int Resamples { get; init; }

    /// <summary>Whether a JSON object is printed.</summary>
    public bool IsJson { get; init; }
}
