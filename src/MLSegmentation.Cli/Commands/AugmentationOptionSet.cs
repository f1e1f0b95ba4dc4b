using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>The options of every training that say how its images are changed.</summary>
internal sealed class AugmentationOptionSet
{
    private readonly Option<bool> _flip;
    private readonly Option<bool> _verticalFlip = new("--vertical-flip") { Description = "Mirror half of the images top to bottom too: surfaces and tissue have no up and down." };
    private readonly Option<(double Least, double Most)?> _scales;
    private readonly Option<double> _brightness;
    private readonly Option<double> _contrast;
    private readonly Option<double> _saturation;
    private readonly Option<double> _hue;
    private readonly Option<double>? _cutMix;

    /// <summary>The options with a trainer's defaults.</summary>
    /// <param name="defaults">The trainer's defaults.</param>
    /// <param name="hasMasks">Whether pixels are labelled.</param>
    public AugmentationOptionSet(AugmentationOptions defaults, bool hasMasks)
    {
        _flip = CommonOptions.Create("--flip", "true|false", "Whether half of the images are mirrored left to right.", defaults.HorizontalFlip);
        _scales = new("--scales")
        {
            Description = $"The range of random scales, or 1 for none. [default: {Text(defaults)}]",
            HelpName = "X-Y",
            CustomParser = ParseScales,
        };
        _brightness = CommonOptions.AtLeast(CommonOptions.Create(
            "--brightness", "X", "The most by which brightness changes, as a part of the whole range.", defaults.Brightness), 0);
        _contrast = CommonOptions.AtLeast(CommonOptions.Create(
            "--contrast", "X", "The most by which contrast changes: 0.3 is by a factor of 0.77 to 1.3.", defaults.Contrast), 0);
        _saturation = CommonOptions.AtLeast(CommonOptions.Create(
            "--saturation", "X", "The most by which saturation changes: 0.5 is by a factor of 0.67 to 1.5.", defaults.Saturation), 0);
        _hue = CommonOptions.Between(CommonOptions.Create("--hue", "X", "The most degrees by which hues are turned.", defaults.Hue), 0, 181);
        if (!hasMasks) return;
        _cutMix = CommonOptions.Between(CommonOptions.Create(
            "--cutmix", "X", "The part of images, below 1, into which a rectangle of another one is pasted with its labels.", defaults.CutMix), 0, 1);
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_flip);
        command.Add(_verticalFlip);
        command.Add(_scales);
        command.Add(_brightness);
        command.Add(_contrast);
        command.Add(_saturation);
        command.Add(_hue);
        if (_cutMix is not null) command.Add(_cutMix);
    }

    /// <summary>The changes that the command line asks for.</summary>
    public AugmentationOptions Read(ParseResult result, AugmentationOptions defaults)
    {
        var (least, most) = result.GetValue(_scales) ?? (defaults.MinScale, defaults.MaxScale);
        return defaults with
        {
            HorizontalFlip = result.GetValue(_flip),
            VerticalFlip = result.GetValue(_verticalFlip),
            MinScale = least,
            MaxScale = most,
            Brightness = result.GetValue(_brightness),
            Contrast = result.GetValue(_contrast),
            Saturation = result.GetValue(_saturation),
            Hue = result.GetValue(_hue),
            CutMix = _cutMix is null ? defaults.CutMix : result.GetValue(_cutMix),
        };
    }

    private static string Text(AugmentationOptions options) =>
        options.MinScale == options.MaxScale ? $"{options.MinScale}" : $"{options.MinScale}-{options.MaxScale}";

    private static (double Least, double Most)? ParseScales(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] ends = text.Split('-');
        if (ends.Length <= 2 && double.TryParse(ends[0], CultureInfo.InvariantCulture, out double least)
            && double.TryParse(ends[^1], CultureInfo.InvariantCulture, out double most) && least > 0 && most >= least && double.IsFinite(most))
            return (least, most);
        result.AddError($"Option '--scales' is {text}, expected two numbers above 0, the smaller first, such as 0.6-1.25, or one number.");
        return null;
    }
}
