namespace MLSegmentation;

/// <summary>The images of a folder and the masks of another, or of the same, brought together by their names.</summary>
internal sealed class PairedFolders
{
    private readonly Dictionary<string, List<string>> _masks;

    private PairedFolders(
        Dictionary<string, string> images, Dictionary<string, List<string>> masks, IReadOnlyList<ListedFile> others) =>
        (Images, _masks, MasksWithoutImage) = (images, masks, others);

    /// <summary>The paths of the images by their names.</summary>
    public Dictionary<string, string> Images { get; }

    /// <summary>Files of the folder of masks that belong to no image.</summary>
    public IReadOnlyList<ListedFile> MasksWithoutImage { get; }

    /// <summary>Lists both folders. A folder within the other is passed over there.</summary>
    /// <param name="imageFolder">The folder of images.</param>
    /// <param name="maskFolder">
    /// The folder of masks; where it is the folder of images too, what is a mask of one is no image.
    /// </param>
    /// <param name="maskSuffix">What follows an image's name in its mask's name; null for the usual words.</param>
    /// <exception cref="DirectoryNotFoundException">A folder does not exist.</exception>
    /// <exception cref="InvalidDataException">There are no images, two of one name, or the folders are exchanged.</exception>
    public static PairedFolders Read(string imageFolder, string maskFolder, string? maskSuffix)
    {
        if (Path.GetFullPath(imageFolder) == Path.GetFullPath(maskFolder)) maskFolder = imageFolder;
        Dictionary<string, string> images = SegmentationFolder.Images(imageFolder, maskFolder);
        ListedFile[] files = SegmentationFolder.Masks(maskFolder, imageFolder);
        Dictionary<string, List<string>> masks = MaskPairing.Find(images, files, maskSuffix);
        if (!masks.Values.Any(paths => paths.Any(MaskPairing.IsMask)))
            ThrowIfExchanged(images, imageFolder, files, maskFolder, maskSuffix);
        HashSet<string> used = [.. masks.Values.SelectMany(paths => paths)];
        foreach ((string name, string path) in images)
        {
            if (used.Contains(path)) images.Remove(name);
        }
        HashSet<string> imagePaths = [.. images.Values];
        return new PairedFolders(
            images, masks, [.. files.Where(file => !used.Contains(file.Path) && !imagePaths.Contains(file.Path))]);
    }

    /// <summary>
    /// The mask of an image; null where there is none. A file of a format that no mask should have counts where there is no
    /// other.
    /// </summary>
    /// <exception cref="InvalidDataException">There are several.</exception>
    public string? MaskOf(string name) => MaskPairing.Single(_masks, name, Images[name]);

    /// <summary>
    /// Names alone may tell it. Where they do not, photographs saved as PNG with masks saved as JPEG look the same: the first
    /// file tells.
    /// </summary>
    private static void ThrowIfExchanged(
        Dictionary<string, string> images, string imageFolder, ListedFile[] files, string maskFolder, string? maskSuffix)
    {
        var photos = files.DistinctBy(file => file.Name, FileNameComparer.Instance)
            .ToDictionary(file => file.Name, file => file.Path, FileNameComparer.Instance);
        IEnumerable<ListedFile> masks = images.Select(image =>
            new ListedFile(image.Key + Path.GetExtension(image.Value), image.Value)).Where(file => MaskPairing.IsMask(file.Path));
        if (MaskPairing.Find(photos, masks, maskSuffix).FirstOrDefault() is not { Key: { } name, Value: [string first, ..] })
            return;
        if (images.ContainsKey(name) && MaskImageReader.TryReadKind(first) is null or MaskColours.Rgb) return;
        throw new InvalidDataException(
            $"The folders are exchanged: '{imageFolder}', given for the images, holds masks such as '{first}', and "
            + $"'{maskFolder}', given for the masks, their images such as '{photos[name]}'. Exchange them (--images, --masks).");
    }
}
