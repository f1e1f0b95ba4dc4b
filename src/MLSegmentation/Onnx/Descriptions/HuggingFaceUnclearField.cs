namespace MLSegmentation;

/// <summary>
/// Fields of a <c>preprocessor_config.json</c> that change the numbers of pixels in a way that is not understood. With one of
/// them, what the other fields say would be a wrong preparation.
/// </summary>
internal static class HuggingFaceUnclearField
{
    private static readonly HashSet<string> _understood =
    [
        "do_rescale", "rescale_factor", "rescale_offset", "offset", "do_normalize", "image_mean", "image_std",
        "do_flip_channel_order", "do_convert_rgb", "do_resize", "do_center_crop", "do_pad", "do_thumbnail",
        "do_align_long_axis", "do_crop_margin", "do_reduce_labels", "do_convert_annotations",
    ];

    /// <summary>What names of fields about numbers have in them.</summary>
    private static readonly string[] _aboutNumbers =
        ["offset", "scale", "mean", "std", "normal", "include_top", "clusters", "gray", "invert"];

    // Left out, these have defaults that are not those of other processors.
    private static readonly Dictionary<string, string[]> _needed = new()
    {
        ["EfficientNet"] = ["include_top"],
        ["Vivit"] = ["offset", "rescale_factor"],
    };

    /// <summary>The first of these fields; null where there is none.</summary>
    /// <param name="file">The file.</param>
    /// <param name="kind">The processor's class.</param>
    public static string? Find(JsonFile file, string kind) =>
        file.FieldsSet.FirstOrDefault(field => !_understood.Contains(field) && ChangesNumbers(field)) is { } found
            ? PrintableText.Of(found, longest: 60)
            : _needed.FirstOrDefault(one => kind.StartsWith(one.Key, StringComparison.Ordinal)).Value?
                .FirstOrDefault(field => file.Find(field) is null);

    // A step of the processor may be anything unless it is known.
    private static bool ChangesNumbers(string name) => name.StartsWith("do_", StringComparison.Ordinal)
        || Array.Exists(_aboutNumbers, part => name.Contains(part, StringComparison.Ordinal));
}
