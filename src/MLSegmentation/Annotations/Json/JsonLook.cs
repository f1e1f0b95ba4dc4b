using System.Text.Json;

namespace MLSegmentation;

/// <summary>Looks at the beginning of a file to tell its format.</summary>
internal static class JsonLook
{
    private const string Extension = ".json";
    private const long MostBytes = 64 << 20;

    /// <summary>How many files of a folder are looked at.</summary>
    private const int MostFiles = 100;

    /// <summary>Whether a path is a JSON file that has what is looked for.</summary>
    /// <param name="path">The path.</param>
    /// <param name="look">Looks for it from the first token on, no further than needed: a file may be long.</param>
    /// <param name="most">How many bytes are read at most. What is not found within them is not there.</param>
    public static bool At(string path, Func<JsonFileReader, bool> look, long most = MostBytes)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using var json = new JsonFileReader(path, most);
            json.Read();
            return look(json);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>A JSON file, or the first files of a folder that are some.</summary>
    public static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? FolderListing.Find(path, [Extension]).Select(file => file.Path).Order(StringComparer.Ordinal).Take(MostFiles)
        : Path.GetExtension(path).Equals(Extension, StringComparison.OrdinalIgnoreCase) ? [path] : [];

    /// <summary>Requires that a file is JSON to its end.</summary>
    /// <exception cref="InvalidDataException">It is none, or is cut off; the message says where.</exception>
    public static void RequireSound(string path)
    {
        using var json = new JsonFileReader(path);
        while (json.TryRead())
        {
        }
    }

    /// <summary>Whether a path is a JSON file of an object that has all of these properties.</summary>
    public static bool HasAll(string path, params string[] names) => At(path, json =>
    {
        HashSet<string> missing = [.. names];
        return json.Token == JsonTokenType.StartObject
            && json.Properties().Any(property => missing.Remove(property) && missing.Count == 0);
    });
}
