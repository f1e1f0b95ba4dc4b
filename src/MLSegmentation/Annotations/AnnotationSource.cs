namespace MLSegmentation;

/// <summary>Annotations that a reader opens.</summary>
/// <param name="Path">The file or the folder.</param>
/// <param name="Images">The folder of images; null to seek them.</param>
internal sealed record AnnotationSource(string Path, string? Images = null)
{
    /// <summary>The zip that the path was unpacked from; null for none.</summary>
    public string? Archive { get; init; }

    /// <summary>
    /// Takes what is to be said of each image or mask that is missing or cannot be read; null where the first is an error.
    /// </summary>
    public ICollection<string>? Missing { get; init; }

    /// <summary>Notes what is missing.</summary>
    /// <exception cref="FileNotFoundException">No one takes what is missing.</exception>
    public void Report(string message, string file)
    {
        if (Missing is null) throw new FileNotFoundException(message, file);
        Missing.Add(message);
    }
}
