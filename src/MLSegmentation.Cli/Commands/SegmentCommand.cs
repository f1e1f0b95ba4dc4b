using System.CommandLine;
using System.CommandLine.Parsing;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg segment</c>: writes a mask for each image.</summary>
internal static class SegmentCommand
{
    private static readonly Dictionary<string, OutputFormat> _formats = new()
    {
        ["png"] = OutputFormat.Png,
        ["confidence"] = OutputFormat.Confidence,
        ["overlay"] = OutputFormat.Overlay,
        ["coco"] = OutputFormat.Coco,
        ["geojson"] = OutputFormat.GeoJson,
        ["csv"] = OutputFormat.Csv,
    };

    private const string Throw = "throw", Skip = "skip", Image = "image", Network = "network";

    public static Command Create()
    {
        Option<string> model = CommonOptions.Model();
        Option<string> images = CommonOptions.Images("A folder of images, or one image.", "DIR|FILE");
        Option<string?> split = CommonOptions.Split(), part = CommonOptions.Part(CommonOptions.TestPart);
        Option<string> folder = CommonOptions.Out("The folder to write to; it is made where there is none. A run that was ended is gone on with.", "DIR");
        var format = new Option<OutputFormat>("--format")
        {
            Description = "What to write beside NAME.png, the mask, with commas between: confidence (NAME.confidence.png), overlay (NAME.overlay.png), "
                + "coco (coco.json), geojson (masks.geojson), csv (areas.csv). [default: png]",
            HelpName = "NAME,…",
            CustomParser = ParseFormats,
        };
        Option<string> maskSize = CommonOptions.Create(
            "--mask-size", $"{Image}|{Network}", "The size of masks: that of their image, or that in which the model sees it.", Image).OneOf(Image, Network);
        Option<string> badImages = CommonOptions.Create(
            "--bad-images", $"{Throw}|{Skip}", "Whether an image that cannot be read or scored ends the run, or is left out and noted.", Throw).OneOf(Throw, Skip);
        var restart = new Option<bool>("--restart") { Description = "Write everything anew, whatever is in the folder." };
        var scoring = new ScoringOptionSet();
        var postprocessing = new PostprocessingOptionSet();
        var command = new Command("segment", "Write the mask of each image as NAME.png: an indexed PNG whose values are class numbers, 255 where there is no class. From 256 classes on it has 16 bits, and 65535 is no class.")
        {
            model, images, split, part, folder, format, maskSize, badImages, restart,
        };
        scoring.AddTo(command);
        postprocessing.AddTo(command);
        command.RequireSplitForPart(split, part);
        return command.Runs((result, cancellation) =>
        {
            ModelArgument argument = ModelArgument.Find(result.GetRequiredValue(model));
            OutputFormat formats = result.GetValue(format);
            SegmentationModelOptions options = scoring.Read(result, argument.Options) with { WithConfidence = formats.HasFlag(OutputFormat.Confidence) };
            if (result.GetResult(maskSize) is { Implicit: false }) options = options with { MaskSize = result.GetValue(maskSize) == Network ? MaskSize.Network : MaskSize.Image };
            if (options.MaskSize == MaskSize.Network && formats.HasFlag(OutputFormat.Overlay))
                throw new UsageException("Option '--format overlay' needs masks of their image's size, not '--mask-size network'.");
            FolderSegmentation.Run(
                new SegmentRequest(
                    result.GetRequiredValue(model), argument.Source, result.GetRequiredValue(images), result.GetValue(split),
                    CommonOptions.PartOf(result, split, part, CommonOptions.TestPart), result.GetRequiredValue(folder), formats,
                    options, postprocessing.Read(result), result.GetValue(badImages) == Skip, result.GetValue(restart)),
                cancellation);
        });
    }

    private static OutputFormat ParseFormats(ArgumentResult result)
    {
        var formats = OutputFormat.Png;
        foreach (string name in result.Tokens[0].Value.Split(','))
        {
            if (_formats.TryGetValue(name, out OutputFormat format)) formats |= format;
            else result.AddError($"Option '--format' is {result.Tokens[0].Value}, expected names with commas between them: {string.Join(", ", _formats.Keys)}.{Suggestion.For(name, _formats.Keys)}");
        }
        return formats;
    }
}
