using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLSegmentation.Cli.Segmenting;

/// <summary>
/// What is done in a folder of masks: a line of JSON that says how they are made, and one for each image in the images' order, written once
/// its files are. A run that was ended at any point, and begun anew, goes on behind the last whole line.
/// </summary>
internal sealed class SegmentManifest : IDisposable
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "manifest.jsonl";

    private const int Format = 1;
    private static readonly JsonSerializerOptions _json = new() { Converters = { new JsonStringEnumConverter() } };
    private readonly Dictionary<string, ManifestEntry> _entries = [];
    private readonly FileStream _file;

    private SegmentManifest(FileStream file) => _file = file;

    /// <summary>The manifest of a folder; it is made where there is none.</summary>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="IOException">The folder has the masks of another request, or another process writes to it.</exception>
    /// <exception cref="InvalidDataException">The manifest there is none of this tool's.</exception>
    public static SegmentManifest Open(SegmentRequest request)
    {
        string path = Path.Combine(request.Folder, FileName), head = Head(request);
        if (request.Restarts) File.Delete(path);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var manifest = new SegmentManifest(file);
        try
        {
            manifest.Read(path, head);
            return manifest;
        }
        catch
        {
            manifest.Dispose();
            throw;
        }
    }

    /// <summary>What is known of an image, if its files are there and it is the same image still.</summary>
    public ManifestEntry? Find(MaskFiles files) =>
        _entries.TryGetValue(files.Name, out ManifestEntry? entry) && entry.IsOf(files) && (entry.Error is not null || files.Targets.All(File.Exists)) ? entry : null;

    /// <summary>Notes what became of an image.</summary>
    public void Add(ManifestEntry entry)
    {
        _entries[entry.Image] = entry;
        WriteLine(JsonSerializer.Serialize(entry, _json));
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string Head(SegmentRequest request)
    {
        using FileStream model = File.OpenRead(request.Model);
        return JsonSerializer.Serialize(
            new { Format, Model = Convert.ToHexStringLower(SHA256.HashData(model)), Scoring = request.Scoring with { Threads = null, WithConfidence = false }, request.Postprocessing }, _json);
    }

    private void Read(string path, string head)
    {
        var content = new byte[_file.Length];
        _file.ReadExactly(content);

        // What follows the last line's end was cut off when a run was ended.
        int end = Array.LastIndexOf(content, (byte)'\n') + 1;
        _file.SetLength(end);
        string[] lines = Encoding.UTF8.GetString(content, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0) WriteLine(head);
        else if (lines[0] != head) throw Other(path, lines[0], head);
        foreach (string line in lines.Skip(1))
        {
            ManifestEntry entry = Parse(path, line);
            _entries[entry.Image] = entry;
        }
    }

    private void WriteLine(string line)
    {
        _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        _file.Flush();
    }

    private static ManifestEntry Parse(string path, string line)
    {
        try
        {
            return JsonSerializer.Deserialize<ManifestEntry>(line, _json) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The manifest '{path}' has the line '{line}', expected an image of this tool's. Give --restart to write everything anew.", error);
        }
    }

    private static IOException Other(string path, string found, string expected) => new(
        $"The folder has masks that were made in another way: its manifest '{path}' begins with {found}, expected {expected}. "
        + "Give another folder with --out, or --restart to write everything anew.");
}
