using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg train segmentation</c> that say in which size the network sees images.</summary>
internal static class TrainingWindowGroup
{
    private static readonly int _sizeMultiple = SegmentationNetworks.Default.Create(classes: 2).SizeMultiple;
    private static readonly Dictionary<string, ImageSizing> _sizings = new()
    {
        ["letterbox"] = ImageSizing.Letterbox,
        ["stretch"] = ImageSizing.Stretch,
        ["native"] = ImageSizing.Native,
    };

    public static OptionGroup<SegmentationTrainerOptions> Create() => new()
    {
        {
            CommandOption.Named(
                "--sizing", "NAME",
                "How images are brought to their size, here and in scoring: letterbox (keeps the proportions), stretch, or "
                + "native (keeps the size). [default: letterbox, or native where small regions need it]", _sizings),
            options => options.Sizing,
            (options, value) => options with { Sizing = value }
        },
        {
            ImageSize.Option(
                "--size",
                "The size that images are brought to; training sees windows of three quarters of it. [default: by the "
                + "images, about 352x272 at most, or what their smallest regions need]"),
            options => (options.ImageWidth, options.ImageHeight),
            (options, value) => options with { ImageWidth = value.Width, ImageHeight = value.Height }
        },
        {
            ImageSize.Option(
                "--window",
                $"The part of an image that a training step sees, in multiples of {_sizeMultiple}. [default: about three "
                + "quarters of the image's sides]",
                _sizeMultiple, 2 * _sizeMultiple),
            options => (options.WindowWidth, options.WindowHeight),
            (options, value) => options with { WindowWidth = value.Width, WindowHeight = value.Height }
        },
    };
}
