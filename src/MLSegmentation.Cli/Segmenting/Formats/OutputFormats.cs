using System.CommandLine;
using System.CommandLine.Parsing;

namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg segment</c> can write beside the masks.</summary>
internal static class OutputFormats
{
    // The masks, of which everything else is made: they are written always.
    private const string Mask = "png";

    /// <summary>All there are.</summary>
    public static IReadOnlyList<OutputFormat> All { get; } =
    [
        new ConfidenceFormat(),
        new OverlayFormat(),
        new CocoFormat(),
        new GeoJsonFormat(),
        new CsvFormat(),
    ];

    /// <summary>The option that names some of them.</summary>
    public static Option<IReadOnlyList<OutputFormat>> Option() => CommandOption.Parsed(
        "--format", "NAME,…",
        "What to write beside NAME.png, the mask, with commas between: "
        + $"{string.Join(", ", All.Select(format => $"{format.Name} ({format.FileName})"))}. [default: {Mask}]", Parse);

    private static IReadOnlyList<OutputFormat> Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] names = text.Split(','), known = [Mask, .. All.Select(format => format.Name)];
        foreach (string name in names.Except(known))
        {
            result.AddError(
                $"Option '--format' is {text}, expected names with commas between them: "
                + $"{string.Join(", ", known)}.{Suggestion.For(name, known)}");
        }
        return [.. All.Where(format => names.Contains(format.Name))];
    }
}
