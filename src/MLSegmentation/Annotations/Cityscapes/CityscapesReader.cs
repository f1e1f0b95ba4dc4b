namespace MLSegmentation;

/// <summary>
/// Reads Cityscapes: of each image in <c>leftImg8bit</c>, the mask <c>_gtFine_labelIds.png</c>, or where it is missing the
/// objects of <c>_gtFine_polygons.json</c>, painted in their order. Classes are the 34 labels by their ids, or the 19 that are
/// trained, with all others and pixels in no object to be ignored.
/// </summary>
/// <remarks>
/// Source: <c>cityscapesscripts</c>, <c>labels.py</c> and <c>json2labelImg.py</c>: an object that is a group, such as
/// <c>cargroup</c>, is of its label, a deleted one is passed over, and so is a label of the id -1.
/// </remarks>
internal sealed class CityscapesReader : IAnnotationReader
{
    private const string Mask = "_labelIds.png", Objects = "_polygons.json", Image = "_leftImg8bit.png";
    private static readonly string[] _labelFolders = ["gtFine", "gtCoarse"];

    private readonly string[] _files;
    private readonly bool _hasTrainIds;

    private CityscapesReader(AnnotationSource source, bool hasTrainIds)
    {
        _hasTrainIds = hasTrainIds;
        ClassNames = hasTrainIds ? CityscapesLabels.TrainNames : CityscapesLabels.Names;
        string folder = LabelFolder(source.Path) ?? throw new DirectoryNotFoundException(
            $"There is no folder {string.Join(" or ", _labelFolders)} in '{source.Path}'. Give the folder that has it.");
        string kind = $"_{Path.GetFileName(folder)}";
        Dictionary<string, string> files = [];
        foreach (string file in FolderListing.Find(folder, [".png", ".json"]).Select(file => file.Path)
            .Order(StringComparer.Ordinal))
        {
            // A mask takes the place of the objects, which come behind it by name.
            string? end = new[] { kind + Mask, kind + Objects }.FirstOrDefault(
                end => file.EndsWith(end, StringComparison.Ordinal));
            if (end is null) continue;
            string name = Path.GetRelativePath(folder, file)[..^end.Length].Replace('\\', '/');
            if (!files.ContainsKey(name) || end == kind + Mask) files[name] = file;
        }
        _files = [.. files.Values];
        var images = ImageLocator.In(Path.Combine(Path.GetDirectoryName(folder)!, "leftImg8bit"), source);
        Images = AnnotatedImages.Of(
            files, file => file.Value, file => images.Find(file.Key + Image), file => SizeOf(file.Value),
            source.Missing);
        NoteUnlabelled(source, folder, Path.GetDirectoryName(folder)!, kind, files.Keys.ToHashSet());
    }

    public IReadOnlyList<string> ClassNames { get; }

    public IReadOnlyList<AnnotatedImage> Images { get; }

    public bool IgnoresUnlabelled => _hasTrainIds;

    /// <summary>Whether a path is a folder of Cityscapes, or its folder of labels.</summary>
    public static bool Fits(string path) => LabelFolder(path) is not null;

    /// <summary>Opens the folder that <c>gtFine</c> is in, or that itself, with classes by their ids.</summary>
    /// <exception cref="IOException">A folder or an image is missing.</exception>
    public static CityscapesReader Open(AnnotationSource source) => new(source, hasTrainIds: false);

    /// <summary>Opens such a folder with the classes that are trained.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static CityscapesReader OpenTrainIds(AnnotationSource source) => new(source, hasTrainIds: true);

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        string file = _files[image.Key];
        IEnumerable<AnnotatedRegion> regions = file.EndsWith(Mask, StringComparison.Ordinal)
            ? MaskFileRegions.Of(
                LabelImageReader.Read(file), file, null, value => value < CityscapesLabels.Names.Count ? value : null)
            : ReadObjects(file);
        return regions.Select(region => _hasTrainIds && region.Class is { } id
            ? region with { Class = CityscapesLabels.TrainIdOf(id) }
            : region);
    }

    /// <summary>
    /// Notes the photographs without labels. Those of <c>train_extra</c> have coarse ones alone: of parts that the folder of
    /// labels does not have, none is noted.
    /// </summary>
    private static void NoteUnlabelled(
        AnnotationSource source, string labels, string root, string kind, IReadOnlySet<string> labelled)
    {
        string photographs = source.Images ?? Path.Combine(root, "leftImg8bit");
        string[] parts = [.. Directory.EnumerateDirectories(labels).Select(one => Path.GetFileName(one)!)];
        foreach (string part in parts.Order(StringComparer.Ordinal))
        {
            string folder = Path.Combine(photographs, part);
            if (!Directory.Exists(folder)) continue;
            foreach (ListedFile file in FolderListing.Find(folder, [Path.GetExtension(Image)])
                .Where(file => file.File.EndsWith(Image, StringComparison.Ordinal))
                .Where(file => !labelled.Contains($"{part}/{file.File[..^Image.Length]}"))
                .OrderBy(file => file.File, StringComparer.Ordinal))
            {
                source.Report(
                    $"The image '{file.Path}' has neither {kind}{Mask} nor {kind}{Objects} in '{labels}'. Add one, or take the "
                    + "image out.", file.Path);
            }
        }
    }

    private static string? LabelFolder(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return _labelFolders.Select(name => Path.GetFileName(full) == name ? full : Path.Combine(full, name))
            .FirstOrDefault(Directory.Exists);
    }

    /// <summary>The size that a file of objects states, before them; a mask has its own.</summary>
    private static (int Width, int Height)? SizeOf(string file)
    {
        if (file.EndsWith(Mask, StringComparison.Ordinal)) return null;
        using var json = new JsonFileReader(file);
        long? width = null, height = null;
        json.Read();
        foreach (string property in json.Properties())
        {
            if (property == "imgWidth") width = json.GetWhole();
            else if (property == "imgHeight") height = json.GetWhole();
            if (width is not null && height is not null) break;
        }
        return JsonNumbers.SizeOf(width, height);
    }

    private static IEnumerable<AnnotatedRegion> ReadObjects(string file)
    {
        using var json = new JsonFileReader(file);
        json.Read();
        foreach (string property in json.Properties())
        {
            if (property != "objects") continue;
            foreach (int index in json.Items())
            {
                if (ReadObject(json, $"object {index + 1} of '{file}'") is { } region) yield return region;
            }
        }
    }

    private static AnnotatedRegion? ReadObject(JsonFileReader json, string origin)
    {
        string? label = null;
        bool isDeleted = false;
        PolygonPoint[] points = [];
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "label": label = json.GetTextOrNull(); break;
                case "deleted": isDeleted = json.GetWhole() is not (null or 0) || json.IsTrue; break;
                case "polygon": points = json.ReadPoints(); break;
            }
        }
        if (label is null) throw json.Unexpected("an object has no label");
        if (isDeleted || CityscapesLabels.IdOf(label) is not { } id) return null;
        return points.Length >= 3
            ? new AnnotatedRegion(origin, id, new ScanlinePolygonShape(points))
            : new AnnotatedRegion(origin, id, null, $"has {Plural.Of(points.Length, "point")}, expected at least 3");
    }
}
