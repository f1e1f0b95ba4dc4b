namespace MLSegmentation;

/// <summary>
/// Finds the mask of each image by its name: the image's own, or that with one of the usual words before or behind it, such as
/// <c>a17_mask</c> or <c>gt-a17</c>, in the same subfolder.
/// </summary>
internal static class MaskPairing
{
    /// <summary>Extensions of the files that count as masks: of formats that keep numbers as they are.</summary>
    public static readonly string[] Extensions = [".png", ".tif", ".tiff", ".bmp", ".gif"];

    private const string Separators = "_-.";

    // The last two are those of Cityscapes' tools.
    private static readonly string[] _words =
        ["mask", "masks", "gt", "label", "labels", "seg", "segmentation", "labelIds", "labelTrainIds"];

    /// <summary>What a mask is called, as a sentence for messages.</summary>
    public static string Expected(string? suffix) =>
        $"A mask is a {string.Join(", ", Extensions)} file with the image's name "
        + (suffix is null
            ? "or that with _mask, _gt, _label, _labels, _labelIds or _seg behind it or before it (another ending: maskSuffix)."
            : $"and '{suffix}'.");

    /// <summary>The masks of each image that has any; several where it is not clear which is meant.</summary>
    /// <param name="images">The paths of the images by their names.</param>
    /// <param name="masks">The masks. A file that is the image itself is none.</param>
    /// <param name="suffix">What follows the image's name in its mask's name; null for the usual ones.</param>
    public static Dictionary<string, List<string>> Find(
        IReadOnlyDictionary<string, string> images, IEnumerable<ListedFile> masks, string? suffix)
    {
        var found = new Dictionary<string, List<string>>(FileNameComparer.Instance);
        foreach (ListedFile mask in masks)
        {
            if (ImageNames(mask.Name, suffix)
                .FirstOrDefault(name => images.TryGetValue(name, out string? image) && image != mask.Path) is not { } image)
                continue;
            if (!found.TryGetValue(image, out List<string>? paths)) found.Add(image, paths = []);
            paths.Add(mask.Path);
        }
        return found;
    }

    /// <summary>
    /// The one mask of an image; null where there is none. A file of a format that changes numbers counts where there is no
    /// other.
    /// </summary>
    /// <exception cref="InvalidDataException">There are several.</exception>
    public static string? Single(IReadOnlyDictionary<string, List<string>> found, string name, string image)
    {
        if (!found.TryGetValue(name, out List<string>? all)) return null;
        string[] masks = [.. all.Where(IsMask)];
        return masks.Length <= 1 ? masks.FirstOrDefault(all[0]) : throw new InvalidDataException(
            $"The image '{image}' has {masks.Length} "
            + $"masks: {string.Join(", ", masks.Order(StringComparer.Ordinal).Select(mask => $"'{mask}'"))}. "
            + "Say what follows the image's name in that of its mask (maskSuffix; \"\" for nothing), or move the others out of "
            + "the folder.");
    }

    /// <summary>Whether a file's extension is a mask's.</summary>
    public static bool IsMask(string file) => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of images whose mask may have this name, its own first.</summary>
    private static IEnumerable<string> ImageNames(string mask, string? suffix)
    {
        if (suffix is not null)
            return mask.Length > suffix.Length && mask.EndsWith(suffix, StringComparison.Ordinal) ? [mask[..^suffix.Length]] : [];
        int start = mask.LastIndexOf('/') + 1;
        string folder = mask[..start], name = mask[start..];
        return
        [
            mask,
            .. _words.Where(
                word => name.Length > word.Length + 1
                    && name.EndsWith(word, StringComparison.OrdinalIgnoreCase) && Separators.Contains(name[^(word.Length + 1)]))
                .Select(word => folder + name[..^(word.Length + 1)]),
            .. _words.Where(
                word => name.Length > word.Length + 1
                    && name.StartsWith(word, StringComparison.OrdinalIgnoreCase) && Separators.Contains(name[word.Length]))
                .Select(word => folder + name[(word.Length + 1)..]),
        ];
    }
}
