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

    /// <summary>The path of an image.</summary>
    /// <param name="name">Its name in the annotation file, which may have folders before it.</param>
    /// <exception cref="InvalidDataException">The name leads out of the folder.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public string Find(string name)
    {
        string relative = name.Replace('\\', '/');
        if (Path.IsPathRooted(relative) || relative.Split('/').Contains("..") || relative.Contains('\0'))
        {
            throw new InvalidDataException(
                $"The image '{PrintableText.Of(name)}' is outside of the folder of images. Export the annotations with names "
                + "within it.");
        }
        return _folders.Select(folder => Path.Combine(folder, relative)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"There is no image '{PrintableText.Of(name)}' in "
                + $"{string.Join(" or ", _folders.Select(folder => $"'{folder}'"))}. Say where the images are.", name);
    }
}
