namespace MLSegmentation;

/// <summary>Annotations that a reader opens.</summary>
/// <param name="Path">The file or the folder.</param>
/// <param name="Images">The folder of images; null to seek them.</param>
internal sealed record AnnotationSource(string Path, string? Images = null)
{
    /// <summary>The zip that the path was unpacked from; null for none.</summary>
    public string? Archive { get; init; }

    /// <summary>Takes what is to be said of each image that is missing; null where the first of them is an error.</summary>
    public ICollection<string>? Missing { get; init; }
}
