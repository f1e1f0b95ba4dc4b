using System.Text.Json;
using System.Text.RegularExpressions;

namespace MLSegmentation;

/// <summary>A task of Label Studio: an image and what was annotated in it.</summary>
internal sealed partial class LabelStudioTask
{
    private static readonly string[] _pathQueries = ["d=", "filepath="];

    /// <summary>A task.</summary>
    /// <param name="address">The address of its image.</param>
    /// <param name="isAnnotated">Whether there is an annotation that was not cancelled.</param>
    /// <param name="regions">The regions, in their order.</param>
    public LabelStudioTask(string address, bool isAnnotated, IReadOnlyList<LabelStudioRegion> regions) =>
        (Address, IsAnnotated, Regions) = (address, isAnnotated, regions);

    /// <summary>Whether there is a prediction and no annotation, so that the regions are a model's.</summary>
    public bool IsPredicted { get; private init; }

    /// <summary>Whether there is an annotation that was not cancelled.</summary>
    public bool IsAnnotated { get; }

    /// <summary>The regions, in their order.</summary>
    public IReadOnlyList<LabelStudioRegion> Regions { get; }

    /// <summary>The address of the image.</summary>
    public string Address { get; }

    /// <summary>The size of the image as the annotations have it; null where none says it.</summary>
    public (int Width, int Height)? Size => Regions.Select(region => region.Size).FirstOrDefault(size => size is not null);

    /// <summary>Whether a text is the address of an image.</summary>
    public static bool IsImage(string text) => SegmentationFolder.IsImage(FileOf(text));

    /// <summary>The image; null where it is missing.</summary>
    public FoundImage? Find(ImageLocator images)
    {
        string file = FileOf(Address), name = Path.GetFileName(file), bare = Uploaded().Replace(name, "");
        return images.FindAny(file, name, bare);
    }

    /// <summary>Reads the tasks of a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged or none of Label Studio's.</exception>
    public static IEnumerable<LabelStudioTask> ReadAll(string path)
    {
        using var json = new JsonFileReader(path);
        json.Read();
        foreach (int index in json.Items()) yield return Read(json, index);
    }

    private static LabelStudioTask Read(JsonFileReader json, int index)
    {
        string origin = $"task {index + 1}";
        string? address = null;
        (List<LabelStudioRegion> Regions, string Created)? newest = null, truth = null, predicted = null;
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "id" when json.GetWhole() is { } id: origin = $"task {id}"; break;
                case "data" when json.Token == JsonTokenType.StartObject:
                    foreach (string field in json.Properties())
                    {
                        // The name of the field is the labelling configuration's choice; an image's is an address of a picture.
                        if (json.GetTextOrNull() is { } text && IsImage(text)) address ??= text;
                    }
                    break;
                case "annotations" or "completions":
                    foreach (int _ in json.Items())
                    {
                        var (regions, created, isCancelled, isTruth) = ReadAnnotation(json, origin);
                        if (isCancelled) continue;
                        if (IsNewer(created, newest)) newest = (regions, created);
                        if (isTruth && IsNewer(created, truth)) truth = (regions, created);
                    }
                    break;
                case "predictions":
                    foreach (int _ in json.Items())
                    {
                        var (regions, created, _, _) = ReadAnnotation(json, origin);
                        if (IsNewer(created, predicted)) predicted = (regions, created);
                    }
                    break;
            }
        }
        return new LabelStudioTask(
            address ?? throw json.Unexpected($"{origin} has no address of an image in its data"), newest is not null,
            (truth ?? newest ?? predicted)?.Regions ?? [])
        {
            IsPredicted = newest is null && predicted is not null,
        };
    }

    /// <summary>Times are written so that they sort as text; of equal ones the first stays.</summary>
    private static bool IsNewer(string created, (List<LabelStudioRegion> Regions, string Created)? than) =>
        than is not { } other || string.CompareOrdinal(created, other.Created) > 0;

    private static (List<LabelStudioRegion> Regions, string Created, bool IsCancelled, bool IsTruth) ReadAnnotation(
        JsonFileReader json, string origin)
    {
        List<LabelStudioRegion> regions = [];
        string created = "";
        bool isCancelled = false, isTruth = false;
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "created_at": created = json.GetTextOrNull() ?? ""; break;
                case "was_cancelled" or "skipped": isCancelled |= json.IsTrue; break;
                case "ground_truth": isTruth = json.IsTrue; break;
                case "result":
                    foreach (int number in json.Items())
                    {
                        if (LabelStudioRegion.Read(json, $"result {number + 1} of {origin}") is { } region) regions.Add(region);
                    }
                    break;
            }
        }
        return (regions, created, isCancelled, isTruth);
    }

    /// <summary>
    /// The path in an address: behind <c>?d=</c> of a local file or <c>?filepath=</c> of a stored one, else that of the address,
    /// without its server.
    /// </summary>
    private static string FileOf(string address)
    {
        const string Server = "://";
        string path = address.Split('?', 2) is [var before, var query]
            ? _pathQueries.Where(query.StartsWith).Select(one => query[one.Length..]).FirstOrDefault(before)
            : address;
        path = Uri.UnescapeDataString(path).Replace('\\', '/');
        int server = path.IndexOf(Server, StringComparison.Ordinal);
        if (server >= 0) path = path[(server + Server.Length)..].Split('/', 2)[^1];
        return path.TrimStart('/');
    }

    [GeneratedRegex("^[0-9a-f]{8}-")]
    private static partial Regex Uploaded();
}
