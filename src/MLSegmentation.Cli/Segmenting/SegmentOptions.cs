namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg segment</c> is asked for.</summary>
internal sealed record SegmentOptions : ImageSetOptions
{
    /// <summary>The model's file.</summary>
    public string Model { get; init; } = "";

    /// <summary>The file of classes that names those of a model from elsewhere; null for none.</summary>
    public string? ClassFile { get; init; }

    /// <summary>The folder to write to.</summary>
    public string Out { get; init; } = "";

    /// <summary>What is written beside the masks.</summary>
    public IReadOnlyList<OutputFormat> Formats { get; init; } = [];

    /// <summary>Whether images that cannot be read or scored end the run or are left out.</summary>
    public BadImagePolicy BadImagePolicy { get; init; }

    /// <summary>Whether what is in the folder is replaced.</summary>
    public bool Restarts { get; init; }

    /// <summary>How the model sees images.</summary>
    public SegmentationModelOptions Scoring { get; init; } = new();

    /// <summary>What is corrected in masks.</summary>
    public PostprocessMaskOptions Postprocessing { get; init; } = new();

    /// <summary>What is written for each image beside its mask.</summary>
    public IReadOnlyList<ImageFormat> ImageFormats => [.. Formats.OfType<ImageFormat>()];
}
