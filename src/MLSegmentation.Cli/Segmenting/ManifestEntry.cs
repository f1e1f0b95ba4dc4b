using System.Text.Json.Serialization;

namespace MLSegmentation.Cli.Segmenting;

/// <summary>What became of one image.</summary>
/// <param name="Image">The image file's name.</param>
/// <param name="Bytes">Its length, by which a file that was exchanged is noticed; -1 where it could not be read.</param>
/// <param name="Modified">When it was changed last, likewise.</param>
/// <param name="Error">Why it has no mask; null where it has one.</param>
internal sealed record ManifestEntry(
    string Image, long Bytes, DateTime Modified, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error)
{
    /// <summary>The entry of an image file.</summary>
    public static ManifestEntry For(MaskFiles files, string? error)
    {
        var info = new FileInfo(files.ImagePath);
        return new ManifestEntry(files.Name, info.Exists ? info.Length : -1, info.Exists ? info.LastWriteTimeUtc : default, error);
    }

    /// <summary>Whether the file is still the one that this is about.</summary>
    public bool IsOf(MaskFiles files) => For(files, Error) == this;
}
