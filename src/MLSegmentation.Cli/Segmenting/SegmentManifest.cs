using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLSegmentation.Cli;

/// <summary>
/// What is done in a folder of masks: a line of JSON that says how they are made, and one for each image in the images' order,
/// written once its files are. A run that was ended at any point, and begun anew, goes on behind the last whole line.
/// </summary>
internal sealed class SegmentManifest : IDisposable
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "manifest.jsonl";

    private const int Format = 1;
    private static readonly JsonSerializerOptions _json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    // An option that this version does not know decides about the masks too.
    private static readonly JsonSerializerOptions _headJson = new(_json)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };
    private readonly Dictionary<string, ManifestEntry> _entries = [];
    private readonly WriterLock _lock;
    private readonly FileStream _file;

    private SegmentManifest(WriterLock held, FileStream file) => (_lock, _file) = (held, file);

    /// <summary>The manifest of a folder, made where there is none; until it is disposed of, no other run gets it.</summary>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="IOException">The folder has masks that were made in another way, or another run writes to it.</exception>
    /// <exception cref="InvalidDataException">The manifest there is damaged, or none of this tool's.</exception>
    public static SegmentManifest Open(SegmentOptions options)
    {
        string path = Path.Combine(options.Out, FileName);
        WriterLock held = WriterLock.Take($"{path}.lock", $"The folder '{options.Out}'");
        FileStream? file = null;
        try
        {
            file = new FileStream(
                path, options.Restarts ? FileMode.Create : FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            var manifest = new SegmentManifest(held, file);
            manifest.Read(path, HeadOf(options));
            return manifest;
        }
        catch
        {
            file?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whether an image's files are there and are of the image as it is now. One that had no mask is tried again, so that a run
    /// gives what the first would.
    /// </summary>
    public bool IsDone(MaskFiles files) =>
        _entries.TryGetValue(files.Name, out ManifestEntry? entry) && entry.Error is null && entry.IsOf(files)
        && entry.Has(files.Formats) && files.Targets.All(File.Exists);

    /// <summary>Whether an image was left without a mask.</summary>
    public bool IsSkipped(MaskFiles files) => _entries[files.Name].Error is not null;

    /// <summary>Whether there was another image of that name, of which there may still be files.</summary>
    public bool KnowsAnother(MaskFiles files) => _entries.TryGetValue(files.Name, out ManifestEntry? entry) && !entry.IsOf(files);

    /// <summary>Notes what became of an image.</summary>
    public void Add(ManifestEntry entry)
    {
        bool isKnown = _entries.TryGetValue(entry.Image, out ManifestEntry? known) && known == entry;
        _entries[entry.Image] = entry;
        if (!isKnown) WriteLine(JsonSerializer.Serialize(entry, _json));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    private static ManifestHead HeadOf(SegmentOptions options)
    {
        // What a model runs on, and with how many threads, is no part of how its masks are made.
        SegmentationModelOptions scoring = options.Scoring with { Threads = null, ExecutionProvider = null, DeviceId = null };
        return new ManifestHead(Format, HashOf(options.Model), scoring, options.Postprocessing);
    }

    private static string HashOf(string model)
    {
        if (!MlNetZip.IsZip(model)) return LoadingMemory.Load(() => OnnxModelFile.Read(model), HashOf);
        using FileStream zip = File.OpenRead(model);
        return Convert.ToHexStringLower(SHA256.HashData(zip));
    }

    private static string HashOf(byte[] model) => Convert.ToHexStringLower(SHA256.HashData(model));

    private void Read(string path, ManifestHead head)
    {
        var content = new byte[_file.Length];
        _file.ReadExactly(content);

        // What follows the last line's end was cut off when a run was ended.
        int end = Array.LastIndexOf(content, (byte)'\n') + 1;
        _file.SetLength(end);
        string[] lines = Encoding.UTF8.GetString(content, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0) WriteLine(JsonSerializer.Serialize(head, _json));
        else RequireSame(path, lines[0], head);
        for (int i = 1; i < lines.Length; i++)
        {
            ManifestEntry entry = Parse(path, i + 1, lines[i]);
            _entries[entry.Image] = entry;
        }
    }

    private void WriteLine(string line)
    {
        _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        _file.Flush();
    }

    private static ManifestEntry Parse(string path, int number, string line)
    {
        try
        {
            return JsonSerializer.Deserialize<ManifestEntry>(line, _json) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"Line {number} of the manifest '{path}' is damaged: it is {PrintableText.Of(line)}, expected what became of an "
                + "image. Delete that line to have its image segmented again, or give --restart to write everything "
                + "anew.", error);
        }
    }

    private static void RequireSame(string path, string line, ManifestHead expected)
    {
        ManifestHead? found = HeadIn(line, _headJson);

        // As text, since records compare lists by reference; an option that the line does not have yet has its default.
        if (JsonSerializer.Serialize(found, _json) == JsonSerializer.Serialize(expected, _json)) return;
        string difference = found is not null ? ManifestDifference.Describe(found, expected)
            : HeadIn(line, _json) is not null ? "it has an option of a later version"
            : "its first line is none that this tool writes";
        throw new IOException(
            $"The folder has masks that were made in another way, as its manifest '{path}' says: {difference}. "
            + "Give the options it was made with to go on, another folder with --out, or --restart to write everything anew.");
    }

    private static ManifestHead? HeadIn(string line, JsonSerializerOptions json)
    {
        try
        {
            return JsonSerializer.Deserialize<ManifestHead>(line, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
