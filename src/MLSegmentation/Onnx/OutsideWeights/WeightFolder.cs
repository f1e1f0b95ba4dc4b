namespace MLSegmentation;

/// <summary>
/// The folder of a model, where files with its weights lie: in it or below, also once links are followed. Each location is looked
/// up once.
/// </summary>
/// <param name="modelFile">
/// The model file as it was given: where it is a link, the folder is that of the link and not of what it leads to.
/// </param>
internal sealed class WeightFolder(string modelFile)
{
    private const int LongestLocation = 4096;

    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(modelFile))!;
    private readonly Dictionary<string, WeightFile> _files = [];

    /// <summary>The files that were found, by the locations that the model has for them.</summary>
    public IReadOnlyDictionary<string, WeightFile> Files => _files;

    /// <summary>The length of all files that were found, each counted once, and up to what a model can have.</summary>
    public long Length => _files.Values.DistinctBy(file => file.Path).Sum(file => Math.Min(file.Length, Array.MaxLength));

    /// <summary>Finds a file.</summary>
    /// <param name="location">Its path from the folder, as the model has it: <c>/</c> or <c>\</c> between names.</param>
    /// <param name="found">The file.</param>
    /// <returns>Why there is none, to go on after a comma; null where it was found.</returns>
    public string? FindFault(string location, out WeightFile found)
    {
        if (_files.TryGetValue(location, out found!)) return null;
        if (FindLocationFault(location) is { } fault)
        {
            return $"{fault}, expected a path from the model's folder to a file in it or below. Put the file there, and save the "
                + "model anew.";
        }
        string path = Path.Join([_folder, .. NamesOf(location)]), shown = PrintableText.Of(path);
        if (RealPath.Find(_folder) is not { } folder || RealPath.Find(path) is not { } real)
            return $"but links lead from '{shown}' to each other without end. Put the file itself there.";
        if (!IsBelow(folder, real))
        {
            // As in the cache of Hugging Face, whose files are links into a folder 'blobs'.
            return $"but '{shown}' is or goes through a link to '{PrintableText.Of(real)}', outside of the model's folder "
                + $"'{folder}'. Copy the model and this file into one folder, as files and not as links ('cp -L' does so, and "
                + "'hf download --local-dir').";
        }
        if (FindFileFault(path, real) is { } what) return $"but '{shown}' {what}. Put the file there that belongs to the model.";
        _files[location] = found = new WeightFile(real, new FileInfo(real).Length);
        return null;
    }

    private static string? FindLocationFault(string location) => location switch
    {
        { Length: > LongestLocation } => "whose name is too long",
        _ when location.Any(char.IsControl) => "whose name has a control character",
        ['/' or '\\', ..] or [_, ':', ..] => "by an absolute path",
        _ when !NamesOf(location).Any() => "without a name",
        _ when NamesOf(location).Contains("..") => "by a path with '..'",
        _ => null,
    };

    // Models are saved on Windows and opened on Linux.
    private static IEnumerable<string> NamesOf(string location) =>
        location.Split('/', '\\').Where(name => name is not ("" or "."));

    private static bool IsBelow(string folder, string path) => path.StartsWith(
        Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private string? FindFileFault(string path, string real)
    {
        // Windows has devices of such names in every folder.
        if (Path.GetFullPath(path) != path) return "cannot be the name of a file";
        if (Directory.Exists(real)) return "is a folder";
        if (SpecialFile.Describe(real) is { } kind) return $"is {kind}";
        if (File.Exists(real)) return null;
        return new FileInfo(modelFile).LinkTarget is { } target
            ? $"is not there. The model file is a link to '{target}': if the weights lie there, open the model there"
            : "is not there";
    }
}
