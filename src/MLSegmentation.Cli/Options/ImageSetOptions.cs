namespace MLSegmentation.Cli;

/// <summary>Images, as the options of commands name them.</summary>
internal abstract record ImageSetOptions
{
    /// <summary>The folder of images, or a file.</summary>
    public string Images { get; init; } = "";

    /// <summary>The split file; null for none.</summary>
    public string? Split { get; init; }

    /// <summary>The part of the split; null where none is given.</summary>
    public string? Part { get; init; }

    /// <summary>The part that is meant: the one given, the fallback with a split file, else none.</summary>
    public string? PartOr(string fallback) => Part ?? (Split is null ? null : fallback);
}
