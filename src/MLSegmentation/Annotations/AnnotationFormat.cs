namespace MLSegmentation;

/// <summary>A format of annotations: its name, how a file of it is known, and its reader.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Fits">Whether a file or folder is of it.</param>
/// <param name="Open">Opens a file or folder.</param>
internal sealed record AnnotationFormat(string Name, Func<string, bool> Fits, Func<AnnotationSource, IAnnotationReader> Open)
{
    /// <summary>All of them; where two fit, the first is meant.</summary>
    public static IReadOnlyList<AnnotationFormat> All { get; } =
    [
        new("coco", path => CocoReader.Fits(path) || CocoFolderReader.Fits(path),
            source => Directory.Exists(source.Path) ? CocoFolderReader.Open(source) : CocoReader.Open(source)),
        new("coco-panoptic", CocoPanopticReader.Fits, CocoPanopticReader.Open),
        new("label-studio", LabelStudioReader.Fits, LabelStudioReader.Open),
        new("via", ViaReader.Fits, ViaReader.Open),
        new("cvat", CvatReader.Fits, CvatReader.Open),
        new("yolo", YoloReader.Fits, YoloReader.Open),
        new("supervisely", SuperviselyReader.Fits, SuperviselyReader.Open),
        new("roboflow-masks", RoboflowMaskReader.Fits, RoboflowMaskReader.Open),
        new("voc", VocReader.Fits, VocReader.Open),
        new("cityscapes", CityscapesReader.Fits, CityscapesReader.Open),
        new("cityscapes-train-ids", CityscapesReader.Fits, CityscapesReader.OpenTrainIds),
        new("labelme", LabelMeReader.Fits, LabelMeReader.Open),
    ];

    /// <summary>The reader of a file or folder, or of what is in a zip.</summary>
    /// <param name="path">The file, folder or zip.</param>
    /// <param name="images">The folder of images; null to seek them beside it.</param>
    /// <param name="name">The format's name; null to tell it from the content.</param>
    /// <param name="missing">
    /// Takes what is to be said of each image or mask that is missing or cannot be read, which the reader is without then; null
    /// where the first is an error.
    /// </param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    /// <exception cref="FileNotFoundException">There is no such file or folder, or an image is missing.</exception>
    /// <exception cref="InvalidDataException">The content is of no known format, or damaged.</exception>
    public static IAnnotationReader Read(string path, string? images, string? name, ICollection<string>? missing = null)
    {
        if (!Path.Exists(path)) throw new FileNotFoundException($"There are no annotations '{path}'.", path);
        if (SpecialFile.Describe(path) is { } what)
            throw new InvalidDataException($"The annotations '{path}' are {what}, expected a file or folder. Write them to one.");
        IReadOnlyList<AnnotationFormat> formats = name is null ? All : [Named(name)];
        string? archive = AnnotationArchive.IsZip(path) ? path : null;
        string place = archive is null ? path : AnnotationArchive.Unpack(path);
        var source = new AnnotationSource(place, images) { Archive = archive, Missing = missing };
        // What is wrong with a file whose format is named, its reader says.
        if (name is not null && File.Exists(place)) return formats[0].Open(source);
        if (AnnotationSearch.Find(place, formats) is var (format, found)) return format.Open(source with { Path = found });
        // Of a file that is damaged no format can be told: that is what has to be said.
        foreach (string file in JsonLook.FilesOf(place)) JsonLook.RequireSound(file);
        throw new InvalidDataException(
            $"The annotations '{path}' are of no known format, expected {(name is null ? "one of " : "")}"
            + $"{Names(formats)}. Export them as {(name is null ? "one of these" : "this")}.");
    }

    private static AnnotationFormat Named(string name) => All.FirstOrDefault(one => one.Name == name)
        ?? throw new ArgumentException($"The annotation format is '{name}', expected one of {Names(All)}.", nameof(name));

    private static string Names(IReadOnlyList<AnnotationFormat> formats) =>
        string.Join(", ", formats.Select(format => format.Name));
}
