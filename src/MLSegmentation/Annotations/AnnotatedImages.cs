namespace MLSegmentation;

/// <summary>The images that an annotation file is about.</summary>
internal static class AnnotatedImages
{
    /// <summary>The images that were found, in the order of their names. The key of each is the place of its item.</summary>
    /// <param name="items">What the file has of each image.</param>
    /// <param name="entryOf">What the file calls the image.</param>
    /// <param name="find">The image; null where it is missing.</param>
    /// <param name="sizeOf">Its size in the file; null where files do not say it.</param>
    /// <param name="faults">Takes what is wrong with an image, which is left out then; null where the first is an error.</param>
    /// <exception cref="InvalidDataException">Two entries are about one file, or one cannot be read.</exception>
    public static IReadOnlyList<AnnotatedImage> Of<T>(
        IEnumerable<T> items, Func<T, string> entryOf, Func<T, FoundImage?> find,
        Func<T, (int Width, int Height)?>? sizeOf = null, ICollection<string>? faults = null)
    {
        List<AnnotatedImage> images = [];
        var entries = new Dictionary<string, string>();
        foreach (var (key, item) in items.Index())
        {
            try
            {
                if (find(item) is not { } found) continue;
                RequireOnce(found.Path, entryOf(item), entries);
                images.Add(new AnnotatedImage(found.Name, found.Path, sizeOf?.Invoke(item), key));
            }
            catch (InvalidDataException error) when (faults is not null)
            {
                faults.Add(error.Message);
            }
        }
        return [.. images.OrderBy(image => image.Name, StringComparer.Ordinal)];
    }

    private static void RequireOnce(string path, string entry, Dictionary<string, string> entries)
    {
        if (entries.TryAdd(Path.GetFullPath(path), entry)) return;
        throw new InvalidDataException(
            $"The image '{path}' is annotated twice, as '{PrintableText.Of(entries[Path.GetFullPath(path)])}' and as "
            + $"'{PrintableText.Of(entry)}'. Add the image that is missing where they name two, else take one out.");
    }
}
