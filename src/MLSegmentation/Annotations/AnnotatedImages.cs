namespace MLSegmentation;

/// <summary>The images that an annotation file is about.</summary>
internal static class AnnotatedImages
{
    /// <summary>The images that were found, in the order of their names. The key of each is the place of its item.</summary>
    /// <param name="items">What the file has of each image.</param>
    /// <param name="entryOf">What the file calls the image.</param>
    /// <param name="find">The image; null where it is missing.</param>
    /// <param name="sizeOf">Its size in the file; null where files do not say it.</param>
    /// <exception cref="InvalidDataException">Two entries are about one file.</exception>
    public static IReadOnlyList<AnnotatedImage> Of<T>(
        IEnumerable<T> items, Func<T, string> entryOf, Func<T, FoundImage?> find,
        Func<T, (int Width, int Height)?>? sizeOf = null)
    {
        List<AnnotatedImage> images = [];
        var entries = new Dictionary<string, string>();
        foreach (var (key, item) in items.Index())
        {
            if (find(item) is not { } found) continue;
            string entry = entryOf(item), path = Path.GetFullPath(found.Path);
            if (!entries.TryAdd(path, entry))
            {
                throw new InvalidDataException(
                    $"The image '{found.Path}' is annotated twice, as '{PrintableText.Of(entries[path])}' and as "
                    + $"'{PrintableText.Of(entry)}'. Add the image that is missing where they name two, else take one out.");
            }
            images.Add(new AnnotatedImage(found.Name, found.Path, sizeOf?.Invoke(item), key));
        }
        return [.. images.OrderBy(image => image.Name, StringComparer.Ordinal)];
    }
}
