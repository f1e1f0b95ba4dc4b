namespace MLSegmentation;

/// <summary>
/// Finds the images that annotations name. Without a folder they are sought beside the annotation file, in a folder <c>images</c>
/// there or beside its folder, and in further folders that a format has.
/// </summary>
internal sealed class ImageLocator
{
    private readonly string[] _folders;

    /// <summary>Images of an annotation file.</summary>
    /// <param name="annotations">The file, or the folder of files.</param>
    /// <param name="images">The folder of the images; null to seek them.</param>
    /// <param name="others">Further folders, from that of the annotations on.</param>
    public ImageLocator(string annotations, string? images, params string[] others)
    {
        string full = Path.GetFullPath(annotations), folder = Directory.Exists(full) ? full : Path.GetDirectoryName(full)!;
        string[] usual = ["", "images", "../images", .. others];
        _folders = images is not null
            ? [Path.GetFullPath(images)]
            : [.. usual.Select(one => Path.GetFullPath(Path.Combine(folder, one))).Distinct().Where(Directory.Exists)];
    }

    /// <summary>The path of an image whose name in the annotations has no extension.</summary>
    /// <exception cref="FileNotFoundException">There is no image of that name.</exception>
    public string FindByName(string name)
    {
        RequireWithin(name);
        foreach (string extension in SegmentationFolder.ImageExtensions)
        {
            foreach (string path in _folders.SelectMany(
                folder => new[] { extension, extension.ToUpperInvariant() }.Select(one => Path.Combine(folder, name + one))))
            {
                if (File.Exists(path)) return path;
            }
        }
        throw Missing(name);
    }

    /// <summary>The path of an image whose name may be without its extension, such as a frame's.</summary>
    /// <exception cref="InvalidDataException">The name leads out of the folder.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public string FindWithOrWithout(string name) => SegmentationFolder.IsImage(name) ? Find(name) : FindByName(name);

    /// <summary>The path of an image that may go by several names.</summary>
    /// <exception cref="FileNotFoundException">There is none of them.</exception>
    public string FindAny(params string[] names) =>
        names.Where(IsWithin).Select(TryFind).OfType<string>().FirstOrDefault() ?? throw Missing(names[0]);

    /// <summary>The path of an image.</summary>
    /// <param name="name">Its name in the annotation file, which may have folders before it.</param>
    /// <exception cref="InvalidDataException">The name leads out of the folder.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public string Find(string name)
    {
        RequireWithin(name);
        return TryFind(name) ?? throw Missing(name);
    }

    private static void RequireWithin(string name)
    {
        if (IsWithin(name)) return;
        throw new InvalidDataException(
            $"The image '{PrintableText.Of(name)}' is outside of the folder of images. Export the annotations with names within "
            + "it.");
    }

    private static bool IsWithin(string name) =>
        !Path.IsPathRooted(name) && !name.Split('/', '\\').Contains("..") && !name.Contains('\0', StringComparison.Ordinal);

    private string? TryFind(string name) =>
        _folders.Select(folder => Path.Combine(folder, name.Replace('\\', '/'))).FirstOrDefault(File.Exists);

    private FileNotFoundException Missing(string name) => new(
        $"There is no image '{PrintableText.Of(name)}' in {string.Join(" or ", _folders.Select(folder => $"'{folder}'"))}. Say "
        + "where the images are.", name);
}
