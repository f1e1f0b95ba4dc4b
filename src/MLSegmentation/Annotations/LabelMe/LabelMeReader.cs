using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// Reads LabelMe's JSON files, one an image. Shapes are painted in their order, as <c>labelme_json_to_dataset</c> does, with
/// Pillow's rounding. The label <c>__ignore__</c> stands for pixels to ignore. Classes are the labels by their names, behind the
/// background.
/// </summary>
/// <remarks>
/// Source: <c>shapes_to_label</c> of LabelMe. Open there and decided here: shapes of one <c>group_id</c> are painted each for
/// itself, which gives the same mask; the order of classes is that of their names, as no file lists them.
/// </remarks>
internal sealed class LabelMeReader : IAnnotationReader
{
    /// <summary>The label of pixels to ignore.</summary>
    public const string Ignored = "__ignore__";

    private const string Shapes = "shapes", ImagePath = "imagePath";

    /// <summary>How many files of a folder are looked at to tell whether it is LabelMe's.</summary>
    private const int Looked = 100;

    private readonly List<LabelMeImage> _images = [];
    private readonly Dictionary<string, int> _classes = [];

    private LabelMeReader(AnnotationSource source)
    {
        var labels = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (folder, path) in FilesOf(source.Path))
        {
            // Files of something else may lie in a folder too.
            if (!File.Exists(source.Path) && IsOther(path)) continue;
            try
            {
                _images.Add(ReadImage(folder, path, labels));
            }
            catch (InvalidDataException error) when (source.Missing is not null)
            {
                source.Missing.Add(error.Message);
            }
        }
        ClassNames = [Background.Name, .. labels];
        foreach (var (index, label) in labels.Index()) _classes.Add(label, index + 1);
        var images = ImageLocator.Beside(source);
        var written = new Lazy<string>(TemporaryFolder.Create);
        Images = AnnotatedImages.Of(_images, image => image.File, image => image.Find(images, written), image => image.Size,
            source.Missing);
    }

    public IReadOnlyList<string> ClassNames { get; }

    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether a file, or one of the first files of a folder, is one of LabelMe's.</summary>
    public static bool Fits(string path) =>
        FilesOf(path).Take(Looked).Any(file => JsonLook.HasAll(file.Path, Shapes, ImagePath));

    /// <summary>Opens a file or the files of a folder, and reads each once for its labels.</summary>
    /// <exception cref="IOException">A file or an image is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or none of LabelMe's.</exception>
    public static LabelMeReader Open(AnnotationSource source) => new(source);

    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        string file = _images[image.Key].File;
        foreach (var (index, shape) in LabelMeFile.Read(file).Shapes.Index())
        {
            int? found = shape.Label == Ignored ? null : _classes.GetValueOrDefault(shape.Label);
            var (region, fault) = shape.ToRegion(file);
            yield return new AnnotatedRegion($"shape {index + 1} of '{file}'", found, region, fault);
        }
    }

    private static LabelMeImage ReadImage(string folder, string path, SortedSet<string> labels)
    {
        var file = LabelMeFile.Read(path);
        labels.UnionWith(file.Shapes.Select(shape => shape.Label)
            .Where(label => label != Ignored && !Background.IsNameOf(label)));
        return new LabelMeImage(path, folder, file.ImagePath, file.HasImage, file.Size);
    }

    /// <summary>Whether a file is sound and has nothing of LabelMe's.</summary>
    private static bool IsOther(string path) => JsonLook.At(path, json => json.Token != JsonTokenType.StartObject
        || !json.Properties().Any(property => property is Shapes or ImagePath));

    private static IEnumerable<(string Folder, string Path)> FilesOf(string path) => File.Exists(path)
        ? [("", path)]
        : FolderListing.Find(path, [".json"]).OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => (file.Name[..(file.Name.LastIndexOf('/') + 1)], file.Path));
}
