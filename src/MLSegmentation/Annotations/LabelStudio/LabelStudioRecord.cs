using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// A record of Label Studio's short export, JSON-MIN: the data of a task, and beside them the regions of one annotation by the
/// controls that they were drawn with.
/// </summary>
internal static class LabelStudioRecord
{
    /// <summary>A property that records have and tasks do not.</summary>
    public const string Mark = "annotation_id";

    /// <summary>Reads the tasks of a file. Of several records of one image, the newest counts.</summary>
    /// <exception cref="InvalidDataException">It is damaged or no such export.</exception>
    public static IReadOnlyList<LabelStudioTask> ReadAll(string path)
    {
        using var json = new JsonFileReader(path);
        var newest = new Dictionary<string, (string Created, LabelStudioTask Task)>();
        json.Read();
        foreach (int index in json.Items())
        {
            var (address, created, task) = Read(json, index);
            if (!newest.TryGetValue(address, out var other) || string.CompareOrdinal(created, other.Created) > 0)
                newest[address] = (created, task);
        }
        return [.. newest.Values.Select(one => one.Task)];
    }

    private static (string Address, string Created, LabelStudioTask Task) Read(JsonFileReader json, int index)
    {
        string origin = $"record {index + 1}", created = "";
        string? address = null;
        List<LabelStudioRegion> regions = [];
        foreach (string property in json.Properties())
        {
            if (property == "created_at") created = json.GetTextOrNull() ?? "";
            else if (json.GetTextOrNull() is { } text && LabelStudioTask.IsImage(text)) address ??= text;
            if (json.Token != JsonTokenType.StartArray) continue;
            foreach (int number in json.Items())
            {
                if (json.Token == JsonTokenType.StartObject
                    && LabelStudioRegion.Read(json, $"'{property}' {number + 1} of {origin}") is { } region)
                    regions.Add(region);
            }
        }
        if (address is null) throw json.Unexpected($"{origin} has no address of an image");
        return (address, created, new LabelStudioTask(address, isAnnotated: true, regions));
    }
}
