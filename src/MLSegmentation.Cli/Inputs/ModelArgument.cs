namespace MLSegmentation.Cli;

/// <summary>The model that <c>--model</c> names: an .onnx file, or the one in an ML.NET zip.</summary>
/// <param name="Source">Where its bytes are had from.</param>
/// <param name="Options">The options that it has in the zip; the defaults for an .onnx file, and for an autoencoder.</param>
internal sealed record ModelArgument(OnnxModelSource Source, SegmentationOptions Options)
{
    /// <summary>Looks a model up.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is a zip without a model that segments or reconstructs.</exception>
    public static ModelArgument Find(string path)
    {
        if (!MlNetZip.IsZip(path)) return new ModelArgument(OnnxModelSource.OfFile(path), new SegmentationOptions());
        using var zip = MlNetZip.Load(path);
        string name = $"The model in '{path}'";
        if (zip.Find<SegmentImageTransformer>(path) is { } segmenter)
            return new ModelArgument(OnnxModelSource.Of(segmenter.Model.ToArray(), name), segmenter.Options);
        if (zip.Find<ReconstructImageTransformer>(path) is { } autoencoder)
            return new ModelArgument(OnnxModelSource.Of(autoencoder.Model.ToArray(), name), new SegmentationOptions());
        throw new InvalidDataException(
            $"The ML.NET zip '{path}' has no segmentation model in it, but {string.Join(", ", zip.Steps.Select(MlNetZip.NameOf))}. Give a zip with SegmentImage, or an .onnx file.");
    }
}
