using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary>The options that say what is corrected in a mask.</summary>
internal sealed class PostprocessingOptionSet
{
    private static readonly PostprocessMaskOptions _none = new();
    private static readonly Dictionary<string, Connectivity> _connectivities = new() { ["4"] = Connectivity.Four, ["8"] = Connectivity.Eight };

    private readonly Option<int?> _background = CommonOptions.AtLeast(new Option<int?>("--background")
    {
        Description = "The class that stands for what is nothing else: what is removed becomes it, and its regions can be holes. Polygons leave it out. [default: none]",
        HelpName = "N",
    }, 0);

    private readonly Option<int> _region = CommonOptions.AtLeast(
        CommonOptions.Create("--min-region", "N", "Regions of fewer pixels are removed.", _none.MinRegionPixels), 0);

    private readonly Option<int> _hole = CommonOptions.AtLeast(
        CommonOptions.Create("--max-hole", "N", "Holes of at most this many pixels are filled.", _none.MaxHolePixels), 0);

    private readonly Option<int> _opening = CommonOptions.AtLeast(
        CommonOptions.Create("--open", "N", "The radius of an opening, which removes bridges and spikes.", _none.OpeningRadius), 0);

    private readonly Option<int> _closing = CommonOptions.AtLeast(
        CommonOptions.Create("--close", "N", "The radius of a closing, which fills cracks and bays.", _none.ClosingRadius), 0);

    private readonly Option<Connectivity?> _connectivity = new("--connectivity")
    {
        Description = "The neighbours that belong to a pixel's region: 4 or 8. [default: 8]",
        HelpName = "4|8",
        CustomParser = result => CommonOptions.ParseName(result, _connectivities),
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_background, _region, _hole, _opening, _closing, _connectivity]) command.Options.Add(option);
    }

    /// <summary>What the options say.</summary>
    public PostprocessMaskOptions Read(ParseResult result) => new()
    {
        Background = result.GetValue(_background),
        MinRegionPixels = result.GetValue(_region),
        MaxHolePixels = result.GetValue(_hole),
        OpeningRadius = result.GetValue(_opening),
        ClosingRadius = result.GetValue(_closing),
        Connectivity = result.GetValue(_connectivity) ?? _none.Connectivity,
    };
}
