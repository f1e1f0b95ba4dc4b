using System.Text.Json;

namespace MLSegmentation;

/// <summary>An image of VIA's.</summary>
/// <param name="File">Its file name.</param>
/// <param name="Regions">What was annotated, in its order.</param>
internal sealed record ViaImage(string File, IReadOnlyList<ViaRegion> Regions)
{
    /// <summary>The property of a project that has all images.</summary>
    public const string All = "_via_img_metadata";

    /// <summary>Reads the images of a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged or none of VIA's.</exception>
    public static List<ViaImage> ReadAll(string path)
    {
        using var json = new JsonFileReader(path);
        List<ViaImage> images = [];
        json.Read();
        foreach (string property in json.Properties())
        {
            if (json.Token != JsonTokenType.StartObject) continue;
            if (property == All)
            {
                // All others of a project are its settings.
                images.Clear();
                foreach (string _ in json.Properties()) images.Add(Read(json));
                return images;
            }
            if (!property.StartsWith("_via_", StringComparison.Ordinal)) images.Add(Read(json));
        }
        return images;
    }

    private static ViaImage Read(JsonFileReader json)
    {
        string? file = null;
        List<ViaRegion> regions = [];
        foreach (string property in json.Properties())
        {
            if (property == "filename") file = json.GetTextOrNull();
            if (property != "regions") continue;
            // A list in version 2, numbered properties in version 1.
            if (json.Token == JsonTokenType.StartArray)
            {
                foreach (int _ in json.Items()) regions.Add(ViaRegion.Read(json));
            }
            else
            {
                foreach (string _ in json.Properties()) regions.Add(ViaRegion.Read(json));
            }
        }
        return new ViaImage(file ?? throw json.Unexpected("an image has no filename"), regions);
    }
}
