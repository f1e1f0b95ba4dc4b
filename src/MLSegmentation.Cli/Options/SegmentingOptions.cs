using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary>Options of <c>mlseg segment</c> whose properties the library's messages name.</summary>
internal static class SegmentingOptions
{
    private static readonly Dictionary<string, MaskSize> _maskSizes = new()
    {
        ["image"] = MLSegmentation.MaskSize.Image,
        ["network"] = MLSegmentation.MaskSize.Network,
    };

    private static readonly Dictionary<string, BadImagePolicy> _badImages = new()
    {
        ["throw"] = BadImagePolicy.Throw,
        ["skip"] = BadImagePolicy.Skip,
    };

    public static Option<MaskSize> MaskSize() => CommandOption.Named(
        "--mask-size", "image|network",
        "The size of masks: that of their image, or that in which the model sees it. [default: image]", _maskSizes);

    public static Option<BadImagePolicy> BadImages() => CommandOption.Named(
        "--bad-images", "throw|skip",
        "Whether an image that cannot be read or scored ends the run, or is left out and noted. [default: throw]", _badImages);
}
