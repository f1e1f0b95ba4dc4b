namespace MLSegmentation.Cli;

/// <summary>What is known of a model, and who says it.</summary>
internal sealed class ModelFacts
{
    private const string OwnMetadata = "the model's metadata", Zip = "the options in the zip";
    private readonly SegmentationOptions? _segmenting;

    /// <param name="info">The model.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="options">The options that it has in a zip; null for an .onnx file.</param>
    public ModelFacts(OnnxModelInfo info, string name, ImageModelOptions? options)
    {
        Info = info;
        _segmenting = options as SegmentationOptions;
        (Preparation, PreparationSource) = (info.Preparation ?? options?.Preparation, info.PreparationSource);
        if (Preparation is not null) PreparationSource ??= Zip;
        try
        {
            Output = info.RequireScores(name, _segmenting?.Output);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            Refusal = OptionWords.Translate(error.Message);
        }
    }

    public OnnxModelInfo Info { get; }

    /// <summary>What is done to pixels before the graph; null where nobody says it.</summary>
    public ImagePreparation? Preparation { get; }

    /// <summary>Who says that.</summary>
    public string? PreparationSource { get; }

    /// <summary>Who says the size of images; null where nobody does.</summary>
    public string? SizeSource => Info.Metadata.ImageWidth > 0 ? Info.Description?.Source ?? OwnMetadata : null;

    /// <summary>The output that tells each pixel's class; null where none does.</summary>
    public SegmentationOutput? Output { get; }

    /// <summary>Why none does.</summary>
    public string? Refusal { get; }

    /// <summary>What the output holds, as <c>--scores</c> names it; null where the graph does not tell.</summary>
    public string? Kind => (_segmenting?.Scores ?? Output?.Kind) is { } kind
        ? OutputGroup.NameOf(kind)
        : null;

    /// <summary>Whether the output has one number a pixel, that of a foreground.</summary>
    public bool IsOneChannel => Output?.Channels == 1;

    /// <summary>The least probability of a foreground that the model itself states; null where it states none.</summary>
    public float? ForegroundThreshold => Info.Metadata.ForegroundThreshold;

    public IReadOnlyList<string> ClassNames => _segmenting?.ClassNames ?? Info.Metadata.ClassNames;

    /// <summary>Who names the classes; null where nobody does.</summary>
    public string? ClassSource => ClassNames.Count == 0 ? null
        : Info.Metadata.ClassNames.SequenceEqual(ClassNames) ? Info.Description?.Source ?? OwnMetadata
        : Zip;
}
