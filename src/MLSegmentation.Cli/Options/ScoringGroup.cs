using System.CommandLine.Parsing;
using System.Globalization;

namespace MLSegmentation.Cli;

/// <summary>The options of commands that segment images, which say how the model sees them.</summary>
internal static class ScoringGroup
{
    /// <summary>The options.</summary>
    /// <param name="ofEveryModel">Those of them that say something to a model of another kind too.</param>
    public static OptionGroup<SegmentationOptions> Create(out OptionGroup<ImageModelOptions> ofEveryModel)
    {
        OptionGroup<ImageModelOptions> sizing = ImageModelGroup.Sizing(), running = ImageModelGroup.Running();
        ofEveryModel = new()
        {
            { sizing, options => options, (_, changed) => changed },
            { running, options => options, (_, changed) => changed },
        };
        return new()
        {
            { sizing, options => options, (_, changed) => (SegmentationOptions)changed },
            { OutputGroup.Create(), options => options, (_, changed) => changed },
            {
                CommandOption.Of<float>(
                    "--threshold", "X",
                    "Pixels whose class is less probable than this have none. Of a model of one channel, or with a threshold "
                    + "of its own ('mlseg info'), it is the foreground's, and others are background. [default: 0, with one "
                    + "channel 0.5, or the model's own]").Within(0, 1),
                options => options.Threshold,
                (options, value) => options with { Threshold = value }
            },
            {
                CommandOption.Flag("--mirror", "Average over the image and its mirror image."),
                options => options.TestTimeAugmentation?.HorizontalFlip,
                (options, value) => options with { TestTimeAugmentation = ViewsOf(options) with { HorizontalFlip = value } }
            },
            {
                CommandOption.Parsed(
                    "--scales", "X,…",
                    "Average over these factors of the size, such as 0.75,1,1.25; for models of free size. [default: 1]",
                    ParseScales),
                options => options.TestTimeAugmentation?.Scales,
                (options, value) => options with { TestTimeAugmentation = ViewsOf(options) with { Scales = value } }
            },
            { running, options => options, (_, changed) => (SegmentationOptions)changed },
        };
    }

    private static TestTimeAugmentationOptions ViewsOf(SegmentationOptions options) =>
        options.TestTimeAugmentation ?? new TestTimeAugmentationOptions { HorizontalFlip = false };

    private static double[] ParseScales(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        double[] scales =
        [
            .. text.Split(',').Select(
                part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double scale) ? scale : 0),
        ];
        if (scales.All(scale => scale is > 0 and < 100)) return scales;
        result.AddError($"Option '--scales' is {text}, expected numbers above 0 with commas between them, such as 0.75,1,1.25.");
        return [1];
    }
}
