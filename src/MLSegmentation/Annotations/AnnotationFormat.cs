using System.Text.Json;

namespace MLSegmentation;

/// <summary>A format of annotations: its name, how a file of it is known, and its reader.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Fits">Whether a file or folder is of it.</param>
/// <param name="Open">Opens a file or folder, with the folder of images or null to seek them.</param>
internal sealed record AnnotationFormat(string Name, Func<string, bool> Fits, Func<string, string?, IAnnotationReader> Open)
{
    /// <summary>All of them; where two fit, the first is meant.</summary>
    public static IReadOnlyList<AnnotationFormat> All { get; } =
    [
        new("coco-panoptic", IsPanoptic, CocoPanopticReader.Open),
        new("coco", path => HasProperties(path, "images", "annotations"), CocoReader.Open),
        new("label-studio", IsLabelStudio, LabelStudioReader.Open),
        new("via", ViaImage.IsFile, ViaReader.Open),
        new("cvat", CvatReader.Fits, CvatReader.Open),
        new("yolo", YoloReader.Fits, YoloReader.Open),
        new("supervisely", SuperviselyReader.Fits, SuperviselyReader.Open),
        new("roboflow-masks", RoboflowMaskReader.Fits, RoboflowMaskReader.Open),
        new("voc", VocReader.Fits, VocReader.Open),
        new("cityscapes", CityscapesReader.Fits, (path, images) => CityscapesReader.Open(path, images, hasTrainIds: false)),
        new("cityscapes-train-ids", _ => false, (path, images) => CityscapesReader.Open(path, images, hasTrainIds: true)),
        new("labelme", path => HasProperties(path, "shapes", "imagePath"), LabelMeReader.Open),
    ];

    /// <summary>The reader of a file or folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="images">The folder of images; null to seek them beside it.</param>
    /// <param name="name">The format's name; null to tell it from the content.</param>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="InvalidDataException">The content is of no known format, or damaged.</exception>
    public static IAnnotationReader Read(string path, string? images, string? name)
    {
        if (!Path.Exists(path)) throw new FileNotFoundException($"There are no annotations '{path}'.", path);
        string names = string.Join(", ", All.Select(format => format.Name));
        AnnotationFormat format = name is null
            ? All.FirstOrDefault(one => one.Fits(path)) ?? throw new InvalidDataException(
                $"The annotations '{path}' are of no known format, expected one of {names}. Export them as one of these.")
            : All.FirstOrDefault(one => one.Name == name)
                ?? throw new ArgumentException($"The annotation format is '{name}', expected one of {names}.", nameof(name));
        return format.Open(path, images);
    }

    /// <summary>Whether a file is a list of tasks with annotations.</summary>
    private static bool IsLabelStudio(string path)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using var json = new JsonFileReader(path);
            json.Read();
            if (json.Token != JsonTokenType.StartArray) return false;
            foreach (int _ in json.Items()) return json.Token == JsonTokenType.StartObject && json.Properties().Contains("data");
            return false;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Whether the first annotation of a COCO file has segments.</summary>
    private static bool IsPanoptic(string path)
    {
        if (!File.Exists(path) || !HasProperties(path, "images", "annotations")) return false;
        using var json = new JsonFileReader(path);
        json.Read();
        foreach (string property in json.Properties())
        {
            if (property != "annotations") continue;
            foreach (int _ in json.Items()) return json.Properties().Contains("segments_info");
        }
        return false;
    }

    /// <summary>Whether a JSON file, or the first of a folder, is an object that has all of these properties.</summary>
    private static bool HasProperties(string path, params string[] names)
    {
        string? file = File.Exists(path)
            ? path
            : FolderListing.Find(path, [".json"]).Select(one => one.Path).Order(StringComparer.Ordinal).FirstOrDefault();
        if (file is null) return false;
        try
        {
            using var json = new JsonFileReader(file);
            json.Read();
            if (json.Token != JsonTokenType.StartObject) return false;
            HashSet<string> missing = [.. names];
            // No further than needed: a file may be long.
            return json.Properties().Any(property => missing.Remove(property) && missing.Count == 0);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
