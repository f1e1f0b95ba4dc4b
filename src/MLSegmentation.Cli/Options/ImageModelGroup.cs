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
    };

    /// <summary>How images are read, and what the model runs on.</summary>
    public static OptionGroup<ImageModelOptions> Running() => new()
    {
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
    };
}
