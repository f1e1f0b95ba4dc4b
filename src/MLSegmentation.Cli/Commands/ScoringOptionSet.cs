using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MLSegmentation.Cli;

/// <summary>The options of commands that score images, which say how the model sees them.</summary>
internal sealed class ScoringOptionSet
{
    private static readonly Dictionary<string, ImageSizing?> _sizings = new()
    {
        ["letterbox"] = ImageSizing.Letterbox,
        ["stretch"] = ImageSizing.Stretch,
        ["crop"] = ImageSizing.Crop,
        ["native"] = ImageSizing.Native,
        ["tiled"] = ImageSizing.Tiled,
    };

    private readonly Option<ImageSizing?> _sizing = new("--sizing")
    {
        Description = "How the model sees an image: letterbox (all of it, in its proportions), stretch, crop (its middle), native (in its own size) or tiled (in its own "
            + "size, through windows that overlap). [default: as in training]",
        HelpName = "NAME",
        CustomParser = result => CommonOptions.ParseName(result, _sizings),
    };

    private readonly Option<(int Width, int Height)?> _size =
        ImageSize.Option("--size", "The size in which the model sees images, or windows of them; for models of free size. [default: as in training]");

    private readonly Option<float> _threshold = CommonOptions.Between(CommonOptions.Create(
        "--threshold", "X", "Pixels whose class is less probable than this have none.", 0f), 0, 1.0000001);

    private readonly Option<bool> _mirror = new("--mirror") { Description = "Average over the image and its mirror image." };

    private readonly Option<double[]> _scales = new("--scales")
    {
        Description = "Average over these factors of the size, such as 0.75,1,1.25; for models of free size. [default: 1]",
        HelpName = "X,…",
        CustomParser = ParseScales,
    };

    private readonly Option<SampleRange?> _range = CommonOptions.Range("[default: as in training]");

    private readonly Option<int?> _threads = CommonOptions.AtLeast(new Option<int?>("--threads")
    {
        Description = "Threads of one run of the model, of which two then go on at once. [default: all cores, for one run at a time or more]",
        HelpName = "N",
    }, 1);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_sizing, _size, _threshold, _mirror, _scales, _range, _threads]) command.Options.Add(option);
    }

    /// <summary>What the options say, for the transform of a pipeline, whose masks have their image's size.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="model">The options that the model brings along; null for none.</param>
    public SegmentImageOptions ReadForPipeline(ParseResult result, SegmentationOptions? model)
    {
        SegmentationModelOptions options = Read(result, model);
        return new SegmentImageOptions
        {
            ClassNames = options.ClassNames,
            Palette = options.Palette,
            TileOverlap = options.TileOverlap,
            Sizing = options.Sizing,
            ImageWidth = options.ImageWidth,
            ImageHeight = options.ImageHeight,
            Threshold = options.Threshold,
            TestTimeAugmentation = options.TestTimeAugmentation,
            SampleRange = options.SampleRange,
            Threads = options.Threads,
        };
    }

    /// <summary>What the options say, and what the model's own say where the command line says nothing.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="model">The options that the model brings along; null for none.</param>
    public SegmentationModelOptions Read(ParseResult result, SegmentationOptions? model)
    {
        model ??= new SegmentationOptions();
        (int Width, int Height)? size = result.GetValue(_size);
        return new SegmentationModelOptions
        {
            ClassNames = model.ClassNames,
            Palette = model.Palette,
            TileOverlap = model.TileOverlap,
            MaskSize = model.MaskSize,
            Sizing = result.GetValue(_sizing) ?? model.Sizing,
            ImageWidth = size?.Width ?? (result.GetValue(_sizing) is null ? model.ImageWidth : null),
            ImageHeight = size?.Height ?? (result.GetValue(_sizing) is null ? model.ImageHeight : null),
            Threshold = result.GetResult(_threshold) is { Implicit: false } ? result.GetValue(_threshold) : model.Threshold,
            TestTimeAugmentation = Combine(result.GetValue(_mirror), result.GetValue(_scales) ?? [], model.TestTimeAugmentation),
            SampleRange = result.GetValue(_range) ?? model.SampleRange,
            Threads = result.GetValue(_threads) ?? model.Threads,
        };
    }

    private static TestTimeAugmentationOptions? Combine(bool mirrors, double[] scales, TestTimeAugmentationOptions? model) => !mirrors && scales.Length == 0 ? model : new()
    {
        HorizontalFlip = mirrors || model is { HorizontalFlip: true },
        Scales = scales.Length > 0 ? scales : model?.Scales ?? [1],
    };

    private static double[] ParseScales(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        double[] scales = [.. text.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double scale) ? scale : 0)];
        if (scales.All(scale => scale is > 0 and < 100)) return scales;
        result.AddError($"Option '--scales' is {text}, expected numbers above 0 with commas between them, such as 0.75,1,1.25.");
        return [1];
    }
}
