using System.CommandLine;
using System.CommandLine.Parsing;

namespace MLSegmentation.Cli;

/// <summary>
/// The options of commands that run a model of any kind over images. Help has the options of its kind between the two groups.
/// </summary>
internal static class ImageModelGroup
{
    private static readonly Dictionary<string, ImageSizing> _sizings = new()
    {
        ["letterbox"] = ImageSizing.Letterbox,
        ["stretch"] = ImageSizing.Stretch,
        ["crop"] = ImageSizing.Crop,
        ["native"] = ImageSizing.Native,
        ["tiled"] = ImageSizing.Tiled,
    };

    /// <summary>Which size the model sees.</summary>
    public static OptionGroup<ImageModelOptions> Sizing() => new()
    {
        {
            CommandOption.Named(
                "--sizing", "NAME",
                "How the model sees an image: letterbox (all of it, in its proportions), stretch, crop (its middle), native (in "
                + "its own size) or tiled (in its own size, through windows that overlap). [default: as in training]", _sizings),
            options => options.Sizing,

            // A size that the model brings along belongs to its own sizing.
            (options, value) => options with { Sizing = value, ImageWidth = null, ImageHeight = null }
        },
        {
            ImageSize.Option(
                "--size",
                "The size in which the model sees images, or windows of them; for models of free size. [default: as in "
                + "training]"),
            options => options is { ImageWidth: { } width, ImageHeight: { } height } ? new ImageSize(width, height) : null,
            (options, value) => options with { ImageWidth = value.Width, ImageHeight = value.Height }
        },
        {
            CommandOption.Of<int>(
                "--size-multiple", "N",
                "What the model sees is padded to multiples of this, and masks are cropped back; for models of free size. "
                + "[default: as the model says]").Within(1, 1024),
            options => options.SizeMultiple,
            (options, value) => options with { SizeMultiple = value }
        },
    };

    /// <summary>How images are read, and what the model runs on.</summary>
    public static OptionGroup<ImageModelOptions> Running() => new()
    {
        { Preparation(), options => options.Preparation, (options, value) => options with { Preparation = value } },
        {
            CommonOptions.Range("[default: as in training]"),
            options => options.SampleRange,
            (options, value) => options with { SampleRange = value }
        },
        {
            CommandOption.Of<int>(
                "--threads", "N",
                "Threads of one run of the model, of which two then go on at once. [default: all cores, for one run at a time or "
                + "more]").AtLeast(1),
            options => options.Threads,
            (options, value) => options with { Threads = value }
        },
        {
            DeviceChoice.Option(),
            options => DeviceChoice.Of(options),
            (options, value) => options with { ExecutionProvider = value.Provider, DeviceId = value.DeviceId }
        },
    };

    /// <summary>How pixels are prepared, for models that do not say it.</summary>
    public static Option<ImagePreparation> Preparation() => CommandOption.Parsed(
        "--preparation", "NAME|NUMBERS",
        "What is done to pixels before the model sees them: as-is (0 to 255), zero-to-one, minus-one-to-one, imagenet-rgb "
        + "(torchvision, Hugging Face), imagenet-bgr (PaddlePaddle), caffe-bgr (VGG and ResNet of Keras), or numbers such as "
        + "scale=1/255,mean=0.5,deviation=0.25,order=bgr. [default: as the model says, which most from elsewhere do not]",
        ParsePreparation);

    private static ImagePreparation? ParsePreparation(ArgumentResult result)
    {
        try
        {
            return ImagePreparation.Parse(result.Tokens[0].Value);
        }
        catch (FormatException error)
        {
            result.AddError($"Option '--preparation': {error.Message}");
            return null;
        }
    }
}
