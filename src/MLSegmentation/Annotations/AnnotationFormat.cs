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
        new("coco", CocoReader.Fits, CocoReader.Open),
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

    /// <summary>The reader of a file or folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="images">The folder of images; null to seek them beside it.</param>
    /// <param name="name">The format's name; null to tell it from the content.</param>
    /// <param name="missing">
    /// Takes what is to be said of each image that is missing, which the reader is without then; null where the first is an
    /// error.
    /// </param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    /// <exception cref="FileNotFoundException">There is no such file or folder, or an image is missing.</exception>
    /// <exception cref="InvalidDataException">The content is of no known format, or damaged.</exception>
    public static IAnnotationReader Read(string path, string? images, string? name, ICollection<string>? missing = null)
    {
        if (!Path.Exists(path)) throw new FileNotFoundException($"There are no annotations '{path}'.", path);
        string names = string.Join(", ", All.Select(format => format.Name));
        AnnotationFormat format = name is null
            ? All.FirstOrDefault(one => one.Fits(path)) ?? throw new InvalidDataException(
                $"The annotations '{path}' are of no known format, expected one of {names}. Export them as one of these.")
            : All.FirstOrDefault(one => one.Name == name)
                ?? throw new ArgumentException($"The annotation format is '{name}', expected one of {names}.", nameof(name));
        return format.Open(new AnnotationSource(path, images) { Missing = missing });
    }
}
