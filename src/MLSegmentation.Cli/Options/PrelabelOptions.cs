namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg prelabel</c> is asked for.</summary>
internal sealed record PrelabelOptions
{
    /// <summary>The model's file.</summary>
    public string Model { get; init; } = "";

    /// <summary>The file of classes that names those of a model from elsewhere; null for none.</summary>
    public string? ClassFile { get; init; }

    /// <summary>The folder of images, or one image.</summary>
    public string Images { get; init; } = "";

    /// <summary>The format to write.</summary>
    public WrittenFormat To { get; init; } = WrittenFormat.All[0];

    /// <summary>The file or folder to write.</summary>
    public string Out { get; init; } = "";

    /// <summary>How far outlines may be from borders, in pixels.</summary>
    public double Tolerance { get; init; } = AnnotationWriterOptions.UsualTolerance;

    /// <summary>The least pixels of a region.</summary>
    public int MinRegionPixels { get; init; }

    /// <summary>How the model sees images.</summary>
    public SegmentationModelOptions Scoring { get; init; } = new();
}
