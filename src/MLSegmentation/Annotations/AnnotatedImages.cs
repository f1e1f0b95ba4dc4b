namespace MLSegmentation;

/// <summary>The images that an annotation file is about.</summary>
internal static class AnnotatedImages
{
    /// <summary>The images that were found, in the order of their names. The key of each is the place of its item.</summary>
    /// <param name="items">What the file has of each image.</param>
    /// <param name="nameOf">The image's name.</param>
    /// <param name="find">Its path; null where it is missing.</param>
    /// <param name="sizeOf">Its size in the file; null where files do not say it.</param>
    public static IReadOnlyList<AnnotatedImage> Of<T>(
        IEnumerable<T> items, Func<T, string> nameOf, Func<T, string?> find, Func<T, (int Width, int Height)?>? sizeOf = null)
    {
        List<AnnotatedImage> images = [];
        foreach (var (key, item) in items.Index())
        {
            if (find(item) is { } path) images.Add(new AnnotatedImage(nameOf(item), path, sizeOf?.Invoke(item), key));
        }
        return [.. images.OrderBy(image => image.Name, StringComparer.Ordinal)];
    }
}
