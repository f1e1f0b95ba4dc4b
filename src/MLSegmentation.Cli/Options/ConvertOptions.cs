namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg convert</c> is asked for.</summary>
internal sealed record ConvertOptions : DataOptions
{
    /// <summary>The file or folder of annotations, or the folder of masks.</summary>
    public string From { get; init; } = "";

    /// <summary>The name of its format; null to tell it from the content.</summary>
    public string? FromFormat { get; init; }

    /// <summary>The format to write.</summary>
    public WrittenFormat To { get; init; } = WrittenFormat.All[0];

    /// <summary>The file or folder to write.</summary>
    public string Out { get; init; } = "";

    /// <summary>What regions are to be; null for the usual of the format.</summary>
    public RegionForm? Form { get; init; }

    /// <summary>How far outlines may be from borders, in pixels.</summary>
    public double Tolerance { get; init; } = AnnotationWriterOptions.UsualTolerance;

    /// <summary>Whether a JSON object is printed.</summary>
    public bool IsJson { get; init; }
}
