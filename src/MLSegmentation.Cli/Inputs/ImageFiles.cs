namespace MLSegmentation.Cli;

/// <summary>Finds the images that <c>--images</c> names.</summary>
internal static class ImageFiles
{
    /// <summary>
    /// The images of a folder and its subfolders by their names, or the one file; with a split file, those in the part.
    /// </summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="splitFile">The split file; null for all images.</param>
    /// <param name="part">The part of the split.</param>
    /// <param name="excluded">
    /// A folder within it whose files are passed over, such as the folder of masks to be written; null for none.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="InvalidDataException">
    /// The folder has no images or two of one name, or the split file does not fit.
    /// </exception>
    public static IReadOnlyList<ListedFile> List(
        string path, string? splitFile = null, string? part = null, string? excluded = null)
    {
        if (Directory.Exists(path))
        {
            return [
                .. SegmentationFolder.Images(path, splitFile, part, excluded).OrderBy(image => image.Key, StringComparer.Ordinal)
                    .Select(image => new ListedFile(image.Key + Path.GetExtension(image.Value), image.Value))];
        }
        RequireFile(path);
        RefuseSplit(path, splitFile);
        return [new ListedFile(Path.GetFileName(path), path)];
    }

    /// <summary>The paths of the same.</summary>
    /// <inheritdoc cref="List"/>
    public static IReadOnlyList<string> Find(string path, string? splitFile = null, string? part = null) =>
        [.. List(path, splitFile, part).Select(image => image.Path)];

    /// <summary>Throws where there is a split file for the one image.</summary>
    public static void RefuseSplit(string path, string? splitFile)
    {
        if (splitFile is not null) throw new UsageException($"'--split' needs a folder of images, but '{path}' is one file.");
    }

    /// <summary>Throws where there is no such file.</summary>
    public static void RequireFile(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file or folder '{path}'. Full path: '{Path.GetFullPath(path)}'.", path);
    }
}
