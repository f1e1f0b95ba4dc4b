using System.Text.Json.Serialization;

namespace MLSegmentation.Cli;

/// <summary>What became of one image.</summary>
/// <param name="Image">The image file's name, behind its subfolder.</param>
/// <param name="Bytes">
/// Its length before it was read, by which a file that was exchanged is noticed; -1 where it could not be read.
/// </param>
/// <param name="Modified">When it was changed last, by which an exchanged file is noticed too.</param>
/// <param name="Formats">The names of what was written for it beside the mask, with commas between; null for nothing.</param>
/// <param name="Error">Why it has no mask; null where it has one.</param>
internal sealed record ManifestEntry(
    string Image,
    long Bytes,
    DateTime Modified,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Formats = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null)
{
    private const string Separator = ", ";

    /// <summary>The entry of an image that is as it is now, and of which everything is written.</summary>
    public static ManifestEntry Of(MaskFiles files)
    {
        string? formats = files.Formats.Count == 0 ? null : string.Join(Separator, files.Formats.Select(format => format.Name));
        return Find(files.ImagePath) is { Exists: true } file
            ? new ManifestEntry(files.Name, file.Length, file.LastWriteTimeUtc, formats)
            : new ManifestEntry(files.Name, -1, default, formats);
    }

    /// <summary>Whether everything that is asked for was written.</summary>
    public bool Has(IEnumerable<ImageFormat> formats)
    {
        // Version 0.1.0 wrote the names in capitals.
        string[] written = Formats?.Split(Separator) ?? [];
        return formats.All(format => written.Contains(format.Name, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Whether the image is still the one that this is about.</summary>
    public bool IsOf(MaskFiles files)
    {
        ManifestEntry now = Of(files);
        return (now.Bytes, now.Modified) == (Bytes, Modified);
    }

    /// <summary>The file itself, behind all links; null where they lead nowhere.</summary>
    private static FileInfo? Find(string path)
    {
        var file = new FileInfo(path);
        try
        {
            return file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
