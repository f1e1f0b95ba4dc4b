namespace MLSegmentation;

/// <summary>Finds images and their masks in two folders.</summary>
internal static class SegmentationFolder
{
    private const int Named = 10;

    /// <summary>Extensions of the files that count as images.</summary>
    public static readonly string[] ImageExtensions = [".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff"];

    public static List<SegmentationFolderRow> Pair(
        string imageFolder, string maskFolder, string? splitFile, string? part, string? maskSuffix)
    {
        var folders = PairedFolders.Read(imageFolder, maskFolder, maskSuffix);
        Dictionary<string, string> images = Select(folders.Images, imageFolder, splitFile, part);
        List<SegmentationFolderRow> rows = [];
        List<string> missing = [];
        foreach ((string name, string image) in images.OrderBy(image => image.Key, StringComparer.Ordinal))
        {
            if (folders.MaskOf(name) is { } mask && MaskPairing.IsMask(mask))
                rows.Add(new SegmentationFolderRow { Name = name, ImagePath = image, MaskPath = mask });
            else missing.Add(name);
        }
        if (missing.Count > 0)
        {
            throw new InvalidDataException(
                $"{missing.Count} of {Plural.Of(images.Count, "image")} in "
                + $"'{imageFolder}' {(missing.Count == 1 ? "has" : "have")} no mask in "
                + $"'{maskFolder}': {Text(missing)}. {MaskPairing.Expected(maskSuffix)} Add the masks, or take the images out.");
        }
        CheckSizes(rows);
        return rows;
    }

    /// <summary>
    /// The paths of a folder's images by their names: relative to it, without extension; with a split file, of those in the part.
    /// </summary>
    public static Dictionary<string, string> Images(
        string imageFolder, string? splitFile, string? part, string? excluded = null) =>
        Select(Images(imageFolder, excluded), imageFolder, splitFile, part);

    /// <summary>
    /// The paths of a folder's images by their names, but for those in a folder within it, such as that of the masks.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">There are no images, or two of one name.</exception>
    public static Dictionary<string, string> Images(string imageFolder, string? excluded)
    {
        Require(imageFolder, "images");
        var images = new Dictionary<string, string>(FileNameComparer.Instance);
        foreach (ListedFile file in FolderListing.Find(imageFolder, ImageExtensions, excluded))
        {
            if (!images.TryAdd(file.Name, file.Path))
            {
                throw new InvalidDataException(
                    $"The folder '{imageFolder}' has two images named '{file.Name}': '{images[file.Name]}' and '{file.Path}'. "
                    + "Rename or remove one.");
            }
        }
        return images.Count > 0 ? images : throw new InvalidDataException(
            $"The folder '{imageFolder}' has no images, expected files with the "
            + $"extension {string.Join(", ", ImageExtensions)}.");
    }

    /// <summary>
    /// The files of a folder of masks, also those of formats that no mask should have; but for those in the folder of images.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ListedFile[] Masks(string maskFolder, string? imageFolder)
    {
        Require(maskFolder, "masks");
        return [.. FolderListing.Find(maskFolder, ImageExtensions, imageFolder)];
    }

    /// <summary>Whether a file's extension is an image's.</summary>
    public static bool IsImage(string file) =>
        ImageExtensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    /// <summary>A list of names that does not fill the screen.</summary>
    public static string Text(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Named).Select(name => PrintableText.Of(name)))
        + (names.Count > Named ? $" and {names.Count - Named} more" : "");

    /// <summary>The name that a file goes by: without its extension where that is an image's.</summary>
    public static string NameOf(string file) => IsImage(file) ? file[..^Path.GetExtension(file).Length] : file;

    /// <summary>
    /// Compares sizes here, where both files are known: once they are read, an image and a mask that lies on its side have the
    /// same number of pixels.
    /// </summary>
    public static void CheckSizes(IReadOnlyList<SegmentationFolderRow> rows)
    {
        string[] different = [.. rows.Select(DescribeDifference).OfType<string>()];
        if (different.Length == 0) return;
        throw new InvalidDataException(
            $"{different.Length} of {Plural.Of(rows.Count, "mask")} "
            + $"{(different.Length == 1 ? "differs in size from its image" : "differ in size from their images")}: "
            + $"{Text(different)}. "
            + "A mask has the size of its image, turned upright as its EXIF orientation says. Make these masks anew, or take "
            + "them out.");
    }

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static void Require(string folder, string kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"The folder '{folder}' of {kind} does not exist. Full path: '{Path.GetFullPath(folder)}'.");
        }
    }

    private static string? DescribeDifference(SegmentationFolderRow row)
    {
        if (ImageHeader.TryReadSize(row.ImagePath) is not { } image
            || ImageHeader.TryReadSize(row.MaskPath) is not { } mask || image == mask)
            return null;
        return $"'{row.ImagePath}' {image.Width}x{image.Height}, '{row.MaskPath}' {mask.Width}x{mask.Height}";
    }

    private static Dictionary<string, string> Select(
        Dictionary<string, string> images, string imageFolder, string? splitFile, string? part)
    {
        if (splitFile is null != part is null)
        {
            throw new ArgumentException(
                $"The split file is '{splitFile}' and the part is '{part}': give both or none.", nameof(part));
        }
        return splitFile is null ? images : SplitFile.Select(images, imageFolder, splitFile, part!);
    }
}
