using System.CommandLine.Parsing;
using System.Globalization;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>The options of every training that say how its images are changed.</summary>
internal static class AugmentationGroup
{
    /// <summary>The options with a trainer's defaults.</summary>
    /// <param name="defaults">The trainer's defaults.</param>
    /// <param name="hasMasks">Whether pixels are labelled.</param>
    public static OptionGroup<AugmentationOptions> Create(AugmentationOptions defaults, bool hasMasks)
    {
        var group = new OptionGroup<AugmentationOptions>
        {
            {
                CommandOption.Of(
                    "--flip", "true|false", "Whether half of the images are mirrored left to right.", defaults.HorizontalFlip),
                options => options.HorizontalFlip,
                (options, value) => options with { HorizontalFlip = value }
            },
            {
                CommandOption.Flag(
                    "--vertical-flip", "Mirror half of the images top to bottom too: surfaces and tissue have no up and down."),
                options => options.VerticalFlip,
                (options, value) => options with { VerticalFlip = value }
            },
            {
                CommandOption.Parsed(
                    "--scales", "X-Y", $"The range of random scales, or 1 for none. [default: {Text(defaults)}]", ParseScales),
                options => (options.MinScale, options.MaxScale),
                (options, value) => options with { MinScale = value.Least, MaxScale = value.Most }
            },
            {
                CommandOption.Of(
                    "--brightness", "X",
                    "The most by which brightness changes, as a part of the whole range.", defaults.Brightness).AtLeast(0),
                options => options.Brightness,
                (options, value) => options with { Brightness = value }
            },
            {
                CommandOption.Of(
                    "--contrast", "X",
                    "The most by which contrast changes: 0.3 is by a factor of 0.77 to 1.3.", defaults.Contrast).AtLeast(0),
                options => options.Contrast,
                (options, value) => options with { Contrast = value }
            },
            {
                CommandOption.Of(
                    "--saturation", "X",
                    "The most by which saturation changes: 0.5 is by a factor of 0.67 to 1.5.", defaults.Saturation).AtLeast(0),
                options => options.Saturation,
                (options, value) => options with { Saturation = value }
            },
            {
                CommandOption.Of("--hue", "X", "The most degrees by which hues are turned.", defaults.Hue).Within(0, 180),
                options => options.Hue,
                (options, value) => options with { Hue = value }
            },
            {
                CommandOption.Flag(
                    "--quarter-turns", "Turn images by random quarters: pictures from above have no up and down."),
                options => options.QuarterTurns,
                (options, value) => options with { QuarterTurns = value }
            },
            {
                CommandOption.Of("--rotation", "X", "The most degrees by which images are turned.", defaults.Rotation)
                    .Within(0, 180),
                options => options.Rotation,
                (options, value) => options with { Rotation = value }
            },
            {
                CommandOption.Of(
                    "--elastic", "X", "The standard deviation in pixels by which images are bent, at 3x3 points.",
                    defaults.Elastic).Within(0, 1000),
                options => options.Elastic,
                (options, value) => options with { Elastic = value }
            },
            {
                CommandOption.Of(
                    "--gamma", "X", "The most by which gamma changes: 0.5 is by a factor of 0.67 to 1.5.", defaults.Gamma)
                    .AtLeast(0),
                options => options.Gamma,
                (options, value) => options with { Gamma = value }
            },
            {
                CommandOption.Of(
                    "--blur", "X", "The largest standard deviation of a Gaussian blur, in pixels.", defaults.Blur)
                    .Within(0, 10),
                options => options.Blur,
                (options, value) => options with { Blur = value }
            },
            {
                CommandOption.Of(
                    "--noise", "X", "The largest standard deviation of Gaussian noise, as a part of the whole range.",
                    defaults.Noise).Within(0, 1),
                options => options.Noise,
                (options, value) => options with { Noise = value }
            },
            {
                CommandOption.Of(
                    "--jpeg", "N", "The lowest JPEG quality that images are encoded with; 100 for no encoding.",
                    defaults.JpegQuality).Within(1, 100),
                options => options.JpegQuality,
                (options, value) => options with { JpegQuality = value }
            },
            {
                CommandOption.Of(
                    "--cutout", "X", "The side of a square that is hidden, as a part of the window's shorter side.",
                    defaults.Cutout).Within(0, 1),
                options => options.Cutout,
                (options, value) => options with { Cutout = value }
            },
        };
        if (!hasMasks) return group;
        group.Add(
            CommandOption.Of(
                "--cutmix", "X", "The part of images, below 1, into which a rectangle of another one is pasted with its labels.",
                defaults.CutMix).Below(0, 1),
            options => options.CutMix,
            (options, value) => options with { CutMix = value });
        return group;
    }

    private static string Text(AugmentationOptions options) =>
        options.MinScale == options.MaxScale ? $"{options.MinScale}" : $"{options.MinScale}-{options.MaxScale}";

    private static (double Least, double Most) ParseScales(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] ends = text.Split('-');
        if (ends.Length <= 2 && double.TryParse(ends[0], CultureInfo.InvariantCulture, out double least)
            && double.TryParse(ends[^1], CultureInfo.InvariantCulture, out double most)
            && least > 0 && most >= least && double.IsFinite(most))
            return (least, most);
        result.AddError(
            $"Option '--scales' is {text}, expected two numbers above 0, the smaller first, such as 0.6-1.25, or one number.");
        return default;
    }
}
