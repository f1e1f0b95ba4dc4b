using System.Text.Json;

namespace MLSegmentation;

/// <summary>What a <c>preprocessor_config.json</c> of transformers says is done to an image.</summary>
/// <param name="Preparation">What is done to the values of pixels; null where the file leaves it open.</param>
/// <param name="UnclearField">The field for which the file leaves it open; null where there is none.</param>
/// <param name="Size">The size that images are brought to, and how; null where they keep theirs.</param>
/// <param name="SizeMultiple">What height and width are multiples of.</param>
/// <param name="ReducesLabels">Whether masks count classes from 1, and 0 is no class.</param>
internal sealed record HuggingFaceProcessor(
    ImagePreparation? Preparation, string? UnclearField, HuggingFaceSize? Size, int SizeMultiple, bool ReducesLabels)
{
    private const string MobileVit = "MobileViT";

    // What the classes of transformers take where the file leaves image_mean and image_std out.
    private static readonly Dictionary<string, ImagePreparation> _defaults = new()
    {
        ["Segformer"] = ImagePreparation.ImageNetRgb,
        ["Beit"] = ImagePreparation.MinusOneToOne,
        ["DPT"] = ImagePreparation.MinusOneToOne,
        ["MobileNetV2"] = ImagePreparation.MinusOneToOne,
    };

    /// <summary>Reads the file; null where it is of no processor of images.</summary>
    /// <exception cref="InvalidDataException">A field of it has a wrong value.</exception>
    public static HuggingFaceProcessor? Read(JsonFile file)
    {
        // Before the name was changed, processors were feature extractors, those of sounds too.
        string? kind = file.Text("image_processor_type") ?? file.Text("feature_extractor_type");
        bool isOfImages = file.Find("image_processor_type") is not null || file.Find("image_mean") is not null
            || file.Find("do_rescale") is not null || file.Find("do_resize") is not null;
        if (!isOfImages) return null;
        kind ??= "";
        string? unclear = HuggingFaceUnclearField.Find(file, kind);
        ImagePreparation? preparation = ReadPreparation(file, kind);
        return new HuggingFaceProcessor(
            unclear is null ? preparation?.Shortened() : null, unclear, HuggingFaceSize.Read(file, kind),
            file.Integer("ensure_multiple_of", 1, 1024) ?? file.Integer("size_divisor", 1, 1024) ?? 1,
            file.Flag("do_reduce_labels") ?? file.Flag("reduce_labels") ?? false);
    }

    private static ImagePreparation? ReadPreparation(JsonFile file, string kind)
    {
        bool isMobileVit = kind.StartsWith(MobileVit, StringComparison.Ordinal);
        var preparation = new ImagePreparation();
        if (file.Flag("do_rescale") == false) preparation = preparation with { Scale = 1 };
        else if (file.Numbers("rescale_factor") is { } factor)
            preparation = With(file, "rescale_factor", () => preparation with { Scale = factor.Single() });
        if (file.Flag("do_normalize") ?? !isMobileVit)
        {
            ImagePreparation? fallback = _defaults.FirstOrDefault(
                one => kind.StartsWith(one.Key, StringComparison.Ordinal)).Value;
            if ((file.Numbers("image_mean") ?? fallback?.Mean) is not { } mean
                || (file.Numbers("image_std") ?? fallback?.Deviation) is not { } deviation) return null;
            preparation = With(file, "image_mean", () => preparation with { Mean = mean });
            preparation = With(file, "image_std", () => preparation with { Deviation = deviation });
        }
        if (IsShifted(file)) preparation = preparation with { Mean = [.. preparation.Mean.Select(mean => mean + 1)] };
        if (!(file.Flag("do_flip_channel_order") ?? isMobileVit)) return preparation;

        // Whether colours are exchanged before or after numbers of their own are subtracted, the file does not tell.
        bool areAlike = preparation.Mean.Distinct().Count() == 1 && preparation.Deviation.Distinct().Count() == 1;
        return areAlike ? preparation with { ColourOrder = ColourOrder.Bgr } : null;
    }

    // EfficientNet and ViViT: 1 is subtracted of what was scaled, before the mean is.
    private static bool IsShifted(JsonFile file) =>
        file.Flag("do_rescale") != false && (file.Flag("rescale_offset") == true || file.Flag("offset") == true);

    private static ImagePreparation With(JsonFile file, string field, Func<ImagePreparation> change)
    {
        try
        {
            return change();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            JsonElement value = file.Find(field)!.Value;
            throw file.Wrong(
                field, value, "numbers for 1, 3 or 4 channels, image_std above 0 and rescale_factor one number but 0");
        }
    }
}
