using System.CommandLine.Parsing;
using System.Globalization;

namespace MLSegmentation.Cli;

/// <summary>The options of commands that segment images, which say how the model sees them.</summary>
internal static class ScoringGroup
{
    private static readonly Dictionary<string, ImageSizing> _sizings = new()
    {
        ["letterbox"] = ImageSizing.Letterbox,
        ["stretch"] = ImageSizing.Stretch,
        ["crop"] = ImageSizing.Crop,
        ["native"] = ImageSizing.Native,
        ["tiled"] = ImageSizing.Tiled,
    };

    public static OptionGroup<SegmentationOptions> Create() => new()
    {
        {
            CommandOption.Named(
                "--sizing", "NAME",
                "How the model sees an image: letterbox (all of it, in its proportions), stretch, crop (its middle), native (in its own size) or tiled "
                + "(in its own size, through windows that overlap). [default: as in training]", _sizings),
            options => options.Sizing,

            // A size that the model brings along belongs to its own sizing.
            (options, value) => options with { Sizing = value, ImageWidth = null, ImageHeight = null }
        },
        {
            ImageSize.Option(
                "--size", "The size in which the model sees images, or windows of them; for models of free size. [default: as in training]"),
            options => options.ImageWidth is { } width ? new ImageSize(width, options.ImageHeight ?? width) : null,
            (options, value) => options with { ImageWidth = value.Width, ImageHeight = value.Height }
        },
        {
            CommandOption.Of("--threshold", "X", "Pixels whose class is less probable than this have none.", 0f).Within(0, 1),
            options => options.Threshold,
            (options, value) => options with { Threshold = value }
        },
        {
            CommandOption.Flag("--mirror", "Average over the image and its mirror image."),
            options => options.TestTimeAugmentation?.HorizontalFlip,
            (options, value) => options with { TestTimeAugmentation = AugmentationOf(options) with { HorizontalFlip = value } }
        },
        {
            CommandOption.Parsed(
                "--scales", "X,…", "Average over these factors of the size, such as 0.75,1,1.25; for models of free size. [default: 1]", ParseScales),
            options => options.TestTimeAugmentation?.Scales,
            (options, value) => options with { TestTimeAugmentation = AugmentationOf(options) with { Scales = value } }
        },
        {
            CommonOptions.Range("[default: as in training]"),
            options => options.SampleRange,
            (options, value) => options with { SampleRange = value }
        },
        {
            CommandOption.Of<int>(
                "--threads", "N",
                "Threads of one run of the model, of which two then go on at once. [default: all cores, for one run at a time or more]").AtLeast(1),
            options => options.Threads,
            (options, value) => options with { Threads = value }
        },
    };

    private static TestTimeAugmentationOptions AugmentationOf(SegmentationOptions options) =>
        options.TestTimeAugmentation ?? new TestTimeAugmentationOptions { HorizontalFlip = false };

    private static double[] ParseScales(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        double[] scales =
        [
            .. text.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double scale) ? scale : 0),
        ];
        if (scales.All(scale => scale is > 0 and < 100)) return scales;
        result.AddError($"Option '--scales' is {text}, expected numbers above 0 with commas between them, such as 0.75,1,1.25.");
        return [1];
    }
}
