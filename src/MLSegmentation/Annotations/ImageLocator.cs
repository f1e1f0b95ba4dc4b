namespace MLSegmentation;

/// <summary>
/// Finds the images that annotations name. One that is missing is an error, or noted where the source takes what is missing.
/// </summary>
internal sealed class ImageLocator
{
    private static readonly string[] _usual = ["", "images", "../images"];

    private readonly AnnotationSource _source;
    private readonly string[] _folders;

    private ImageLocator(AnnotationSource source, IEnumerable<string> folders)
    {
        _source = source;
        IEnumerable<string> besideArchive = source.Archive is null ? [] : _usual[..2].Select(
            one => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(source.Archive))!, one));
        _folders =
        [
            .. (source.Images is null ? folders.Concat(besideArchive) : [source.Images]).Select(Path.GetFullPath).Distinct(),
        ];
    }

    /// <summary>
    /// Images of a file or folder: unless the source has a folder of images, they are beside the file, in a folder <c>images</c>
    /// there or beside its folder, or in further folders that a format has. Those of a zip may be beside that too.
    /// </summary>
    /// <param name="source">The annotations.</param>
    /// <param name="others">Further folders, from that of the annotations on.</param>
    public static ImageLocator Beside(AnnotationSource source, params string[] others)
    {
        string full = Path.GetFullPath(source.Path), folder = Directory.Exists(full) ? full : Path.GetDirectoryName(full)!;
        return new ImageLocator(source, _usual.Concat(others).Select(one => Path.Combine(folder, one)).Where(Directory.Exists));
    }

    /// <summary>Images of one folder, unless the source has another.</summary>
    public static ImageLocator In(string folder, AnnotationSource source) => new(source, [folder]);

    /// <summary>Whether a name stays within the folder that it starts from.</summary>
    public static bool IsWithin(string name) =>
        !Path.IsPathRooted(name) && !name.Split('/', '\\').Contains("..") && !name.Contains('\0', StringComparison.Ordinal);

    /// <summary>An image whose name in the annotations has no extension; null where it is missing.</summary>
    /// <inheritdoc cref="Find" path="/exception"/>
    public FoundImage? FindByName(string name) => TryFindByName(Within(name)) ?? Missing(name);

    /// <summary>
    /// An image that may go by several names, which may be without extension, such as a frame's; null where it is
    /// missing.
    /// </summary>
    /// <inheritdoc cref="Find" path="/exception"/>
    public FoundImage? FindWithOrWithout(params string[] names) => names.Select(Within)
        .Select(name => SegmentationFolder.IsImage(name) ? TryFind(name) : TryFindByName(name))
        .OfType<FoundImage>().FirstOrDefault() ?? Missing(names[0]);

    /// <summary>An image that may go by several names; null where it is missing.</summary>
    /// <exception cref="FileNotFoundException">There is none of them, and no one takes what is missing.</exception>
    public FoundImage? FindAny(params string[] names) => TryFindAny(names) ?? Missing(names[0]);

    /// <summary>An image that may go by several names; null where there is none of them.</summary>
    public FoundImage? TryFindAny(params string[] names) =>
        names.Where(IsWithin).Select(TryFind).OfType<FoundImage>().FirstOrDefault();

    /// <summary>An image; null where it is missing.</summary>
    /// <param name="name">
    /// Its name in the annotation file, which may have folders before it. Of a place on the computer that it was annotated on,
    /// only the file's name counts.
    /// </param>
    /// <exception cref="InvalidDataException">The name leads out of the folder.</exception>
    /// <exception cref="FileNotFoundException">There is no such file, and no one takes what is missing.</exception>
    public FoundImage? Find(string name) => TryFind(Within(name)) ?? Missing(name);

    /// <summary>Notes an image that is missing, or throws.</summary>
    /// <exception cref="FileNotFoundException">No one takes what is missing.</exception>
    public FoundImage? Missing(string name)
    {
        string places = string.Join(" or ", _folders.Select(folder => $"'{folder}'"));
        _source.Report(
            $"There is no image '{PrintableText.Of(name)}' in {places}, which '{_source.Archive ?? _source.Path}' is about. Say "
            + "where the images are, or add it.", name);
        return null;
    }

    private string Within(string name)
    {
        string place = name.Replace('\\', '/');
        if (Path.IsPathRooted(place) || place is [_, ':', '/', ..]) place = place[(place.LastIndexOf('/') + 1)..];
        return IsWithin(place) ? place : throw new InvalidDataException(
            $"The image '{PrintableText.Of(name)}' of '{_source.Path}' is outside of the folder of images. Export the "
            + "annotations with names within it.");
    }

    private FoundImage? TryFindByName(string name) => SegmentationFolder.ImageExtensions
        .SelectMany(extension => new[] { extension, extension.ToUpperInvariant() })
        .Select(extension => TryFind(name + extension)).OfType<FoundImage>().FirstOrDefault();

    private FoundImage? TryFind(string name)
    {
        string place = name.Replace('\\', '/');
        string? folder = _folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, place)));
        return folder is null ? null : FoundImage.In(folder, Path.Combine(folder, place));
    }
}
