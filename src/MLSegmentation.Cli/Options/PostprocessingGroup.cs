using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary>The options that say what is corrected in a mask.</summary>
internal static class PostprocessingGroup
{
    private static readonly PostprocessMaskOptions _none = new();

    /// <summary>The option of the smallest region that stays.</summary>
    public static Option<int> MinRegion() => CommandOption.Of<int>(
        "--min-region", "N",
        "Regions of fewer pixels are removed; 0 for none. [default: what the model states of itself, else 0]").AtLeast(0);

    /// <summary>Which pixels are neighbours, by what is typed.</summary>
    public static IReadOnlyDictionary<string, Connectivity> Connectivities { get; } = new Dictionary<string, Connectivity>
    {
        ["4"] = Connectivity.Four,
        ["8"] = Connectivity.Eight,
    };

    /// <summary>Those but the smallest region, which a model may state too.</summary>
    public static OptionGroup<PostprocessMaskOptions> Create() => new()
    {
        {
            CommandOption.Of<int>(
                "--background", "N",
                "The class that stands for what is nothing else: what is removed becomes it, and its regions can be holes. "
                + "Polygons leave it out. [default: none]").AtLeast(0),
            options => options.Background,
            (options, value) => options with { Background = value }
        },
        {
            CommandOption.Of("--max-hole", "N", "Holes of at most this many pixels are filled.", _none.MaxHolePixels).AtLeast(0),
            options => options.MaxHolePixels,
            (options, value) => options with { MaxHolePixels = value }
        },
        {
            CommandOption.Of(
                "--open", "N", "The radius of an opening, which removes bridges and spikes.", _none.OpeningRadius).AtLeast(0),
            options => options.OpeningRadius,
            (options, value) => options with { OpeningRadius = value }
        },
        {
            CommandOption.Of(
                "--close", "N", "The radius of a closing, which fills cracks and bays.", _none.ClosingRadius).AtLeast(0),
            options => options.ClosingRadius,
            (options, value) => options with { ClosingRadius = value }
        },
        {
            CommandOption.Named(
                "--connectivity", "4|8", "The neighbours that belong to a pixel's region: 4 or 8. [default: 8]", Connectivities),
            options => options.Connectivity,
            (options, value) => options with { Connectivity = value }
        },
    };
}
