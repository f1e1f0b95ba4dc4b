namespace MLSegmentation.Cli;

/// <summary>The model that <c>--model</c> names: an .onnx file, or the one in an ML.NET zip.</summary>
/// <param name="Source">Where its bytes are had from.</param>
/// <param name="Options">The options that it has in the zip; null for an .onnx file.</param>
internal sealed record ModelArgument(OnnxModelSource Source, ImageModelOptions? Options)
{
    /// <summary>Options to segment without a pipeline: those of the zip.</summary>
    public SegmentationModelOptions OptionsOfModel() => Options is SegmentationOptions options ? new(options) : new();

    /// <summary>
    /// Options to segment in a pipeline, whose masks have their image's size: those of the zip without its columns.
    /// </summary>
    public SegmentImageOptions OptionsOfTransform() =>
        Options is SegmentationOptions options ? new(options) { MaskSize = MaskSize.Image } : new();

    /// <summary>Options to reconstruct: those of the zip without its columns.</summary>
    public ReconstructImageOptions OptionsOfAutoencoder() => Options is ReconstructImageOptions options ? new(options) : new();

    /// <summary>Looks a model up.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is a zip without a model that segments or reconstructs.</exception>
    public static ModelArgument Find(string path)
    {
        if (!MlNetZip.IsZip(path)) return new ModelArgument(OnnxModelSource.OfFile(path), null);
        using var zip = MlNetZip.Load(path);
        string name = $"The model in '{path}'";
        if (zip.Find<SegmentImageTransformer>(path) is { } segmenter)
            return new ModelArgument(OnnxModelSource.Of(segmenter.Model.ToArray(), name), WithoutPolicy(segmenter.Options));
        if (zip.Find<ReconstructImageTransformer>(path) is { } autoencoder)
            return new ModelArgument(OnnxModelSource.Of(autoencoder.Model.ToArray(), name), WithoutPolicy(autoencoder.Options));
        throw new InvalidDataException(
            $"The ML.NET zip '{path}' has no segmentation model in it, "
            + $"but {string.Join(", ", zip.Steps.Select(MlNetZip.NameOf))}. Give a zip with SegmentImage, or an .onnx file.");
    }

    // What becomes of bad images is for the command to say.
    private static ImageModelOptions WithoutPolicy(ImageModelOptions options) =>
        options with { BadImagePolicy = BadImagePolicy.Throw, BadImageColumnName = null };
}
