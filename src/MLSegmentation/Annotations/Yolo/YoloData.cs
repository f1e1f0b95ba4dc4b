using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MLSegmentation;

/// <summary>
/// A <c>data.yaml</c>: the names of the classes, as a list or by their numbers, and where the images of each part are: a folder,
/// a text file of paths, or a list of these. Text files of labels are in a folder <c>labels</c> in place of <c>images</c>.
/// </summary>
internal sealed class YoloData
{
    /// <summary>A data.yaml has lists within its properties; what reads it goes down by recursion.</summary>
    private const int MostNested = 64;

    private const int LongestFile = 16 << 20;
    private static readonly string[] _fileNames = ["data.yaml", "data.yml", "dataset.yaml"], _parts = ["train", "val", "test"];

    private readonly string _root;
    private readonly IReadOnlyList<string> _places;

    private YoloData(string path, string root, IReadOnlyList<string> names, IReadOnlyList<string> places) =>
        (Path, _root, Names, _places) = (path, root, names, places);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The name of each class.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The file of a path, which is that or a folder; null where it is neither.</summary>
    public static string? FileOf(string path)
    {
        if (Directory.Exists(path))
            return _fileNames.Select(name => System.IO.Path.Combine(path, name)).FirstOrDefault(File.Exists);
        return File.Exists(path) && System.IO.Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml" ? path : null;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="images">The folder that its paths start from; null for what the file says.</param>
    /// <exception cref="InvalidDataException">It is damaged, or has no names.</exception>
    public static YoloData Read(string path, string? images)
    {
        YamlMappingNode root = Load(path);
        YamlNode? Find(string name) => root.Children.TryGetValue(new YamlScalarNode(name), out YamlNode? node) ? node : null;
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        string? given = (Find("path") as YamlScalarNode)?.Value;
        string start = images ?? (given is null ? folder : System.IO.Path.Combine(folder, given));
        if (!Directory.Exists(start)) start = folder;
        string[] places = [.. _parts.SelectMany(part => Texts(Find(part))).Distinct()];
        if (places.Length == 0) throw Damaged(path, "has no train, val or test");
        return new YoloData(path, start, NamesOf(Find("names"), path), places);
    }

    /// <summary>The images of all parts; those of a list may be missing.</summary>
    /// <exception cref="IOException">A folder or a list is missing.</exception>
    public IEnumerable<YoloImage> Images()
    {
        foreach (string place in _places)
        {
            string path = Resolve(place);
            if (Directory.Exists(path))
            {
                foreach (ListedFile file in FolderListing.Find(path, SegmentationFolder.ImageExtensions))
                    yield return ImageOf(file.Path);
            }
            else if (File.Exists(path))
            {
                string folder = System.IO.Path.GetDirectoryName(path)!;
                foreach (string line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0))
                    yield return ImageOf(System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, line)));
            }
            else
            {
                throw new DirectoryNotFoundException(
                    $"There is no '{path}', which '{Path}' has for images. Mend the file, or say where the images are.");
            }
        }
    }

    private string Resolve(string place)
    {
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(_root, place));
        // Roboflow's files say ../train/images for what lies beside them.
        if (Path.Length > 0 && !System.IO.Path.Exists(path) && place.StartsWith("../", StringComparison.Ordinal))
            path = System.IO.Path.GetFullPath(System.IO.Path.Combine(_root, place[3..]));
        return path;
    }

    private YoloImage ImageOf(string path)
    {
        string name = System.IO.Path.GetRelativePath(_root, path).Replace('\\', '/');
        // A list may name what lies elsewhere.
        if (!ImageLocator.IsWithin(name)) name = System.IO.Path.GetFileName(path);
        return new YoloImage(SegmentationFolder.NameOf(name), path, LabelsOf(path));
    }

    /// <summary>The last folder <c>images</c> becomes <c>labels</c>.</summary>
    private static string LabelsOf(string image)
    {
        string path = System.IO.Path.ChangeExtension(image, ".txt").Replace('\\', '/');
        int place = path.LastIndexOf("/images/", StringComparison.Ordinal);
        return place < 0 ? path : $"{path[..place]}/labels/{path[(place + "/images/".Length)..]}";
    }

    private static YamlMappingNode Load(string path)
    {
        if (new FileInfo(path).Length > LongestFile) throw Damaged(path, $"has more than {LongestFile >> 20} MB");
        try
        {
            RequireShallow(path);
            using var text = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(text);
            return yaml.Documents is [{ RootNode: YamlMappingNode root }, ..] ? root : throw Damaged(path, "is no mapping");
        }
        catch (YamlException error)
        {
            throw Damaged(path, error.Message, error);
        }
    }

    private static void RequireShallow(string path)
    {
        using var text = new StreamReader(path);
        var parser = new Parser(text);
        for (int depth = 0; parser.MoveNext();)
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MostNested) throw Damaged(path, $"is nested more than {MostNested} deep");
        }
    }

    private static string[] NamesOf(YamlNode? node, string path)
    {
        switch (node)
        {
            case YamlSequenceNode list:
                return Unique([.. Texts(list)], path);
            case YamlMappingNode numbered:
                var names = new SortedDictionary<int, string>();
                foreach (var (key, value) in numbered.Children)
                {
                    if (!int.TryParse((key as YamlScalarNode)?.Value, CultureInfo.InvariantCulture, out int number))
                        throw Damaged(path, "has names that are not numbered");
                    names[number] = (value as YamlScalarNode)?.Value ?? throw Damaged(path, "has a name that is no text");
                }
                return names.Keys.Index().All(key => key.Index == key.Item)
                    ? Unique([.. names.Values], path)
                    : throw Damaged(path, "has names that are not numbered from 0 on");
            default:
                throw Damaged(path, "has no names");
        }
    }

    private static string[] Unique(string[] names, string path) =>
        names.FirstOrDefault(name => names.Count(one => one == name) > 1) is { } twice
            ? throw Damaged(path, $"has the name '{twice}' twice")
            : names;

    private static IEnumerable<string> Texts(YamlNode? node) => node switch
    {
        YamlScalarNode { Value: { Length: > 0 } text } => [text],
        YamlSequenceNode list => list.Children.OfType<YamlScalarNode>().Select(one => one.Value ?? ""),
        _ => [],
    };

    private static InvalidDataException Damaged(string path, string what, Exception? error = null) => new(
        $"The file '{path}' {PrintableText.Of(what)}, expected YOLO's data.yaml with names and the folders train, val or test.",
        error);
}
