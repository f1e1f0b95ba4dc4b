using System.Text.Json.Nodes;

namespace MLSegmentation.Cli;

/// <summary>What became of labels that were converted.</summary>
/// <param name="Format">The format that was written.</param>
/// <param name="Out">The file or folder.</param>
internal sealed record ConversionReport(WrittenFormat Format, string Out)
{
    public int Images { get; init; }

    public int RegionsRead { get; init; }

    /// <summary>Regions read that are points or lines.</summary>
    public int RegionsWithoutArea { get; init; }

    /// <summary>Pixels of regions read that later regions cover.</summary>
    public long CoveredPixels { get; init; }

    public int RegionsWritten { get; init; }

    /// <summary>Images that only the annotations have in them, of which the format has no copies.</summary>
    public int ImagesLeft { get; init; }

    /// <summary>Pixels to ignore that the format has no place for.</summary>
    public long LostPixels { get; init; }

    public JsonObject ToJson() => new()
    {
        ["format"] = Format.Name,
        ["out"] = Out,
        ["images"] = Images,
        ["regionsRead"] = RegionsRead,
        ["regionsWithoutArea"] = RegionsWithoutArea,
        ["coveredPixels"] = CoveredPixels,
        ["regionsWritten"] = RegionsWritten,
        ["imagesLeft"] = ImagesLeft,
        ["lostPixels"] = LostPixels,
    };

    public IEnumerable<string> Lines()
    {
        yield return $"Converted {Plural.Of(Images, "image")} with {Plural.Of(RegionsRead, "region")} to {Format.Name}: wrote "
            + $"{Plural.Of(RegionsWritten, "connected region")} to {Out}.";
        if (CoveredPixels > 0) yield return $"{Plural.Of(CoveredPixels, "pixel")} of regions lay under later ones.";
        if (RegionsWithoutArea > 0)
            yield return $"{Plural.Of(RegionsWithoutArea, "region")} without area, such as points and lines, left out.";
        if (ImagesLeft > 0)
        {
            yield return $"{Plural.Of(ImagesLeft, "image")} within the annotations not written: {Format.Name} has no place for "
                + $"images. {Others(format => format.HasImages)} have.";
        }
        if (LostPixels > 0)
        {
            yield return $"{Plural.Of(LostPixels, "pixel")} to ignore became background: {Format.Name} has no place for them. "
                + $"{Others(format => format.KeepsIgnored)} have.";
        }
    }

    private static string Others(Func<WrittenFormat, bool> fit) =>
        string.Join(", ", WrittenFormat.All.Where(fit).Select(format => format.Name));
}
