namespace MLSegmentation.Cli;

/// <summary>What is known of a model, as a JSON object.</summary>
internal static class ModelJson
{
    /// <summary>The object.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="weightFiles">The files with weights beside the model.</param>
    /// <param name="properties">The properties in the model's file.</param>
    public static object Of(
        ModelFacts facts, IEnumerable<string> weightFiles, IReadOnlyDictionary<string, string> properties)
    {
        OnnxModelInfo info = facts.Info;
        ImageModelMetadata metadata = info.Metadata;
        return new
        {
            network = metadata.Network,
            parameters = metadata.Parameters,
            encoderWeights = metadata.EncoderWeights.Length > 0 ? metadata.EncoderWeights : null,
            inputs = info.Inputs.Select(Describe),
            outputs = info.Outputs.Select(Describe),
            image = new
            {
                input = info.ImageInput.Name,
                layout = Layout(info.InputFormat.Layout),
                channels = info.Channels,
                type = info.ImageInput.ElementType.Name,
                width = info.Width,
                height = info.Height,
            },
            preparation = facts.Preparation?.ToString(),
            preparationSource = facts.PreparationSource,
            contradiction = facts.Preparation is null
                ? info.FoundPreparations.Select(one => new { preparation = $"{one.Preparation}", source = one.Source })
                : [],
            unclearField = info.Description?.UnclearField,
            segmentation = facts.Output is not { } output ? null : new
            {
                output = output.Name,
                scores = facts.Kind,
                layout = output.ClassAxis is null ? null : Layout(output.Layout),
                channels = output.Channels,
                oneChannel = facts.IsOneChannel,
                foregroundThreshold = facts.ForegroundThreshold,
                minRegionPixels = metadata.MinRegionPixels,
            },
            refusal = facts.Refusal,
            classes = facts.ClassNames,
            classSource = facts.ClassSource,
            ignoreLabel = metadata.IgnoreLabel,
            firstLabel = metadata.FirstLabel,
            sizeMultiple = info.SaidMultiple,
            imageWidth = metadata.ImageWidth,
            imageHeight = metadata.ImageHeight,
            sizing = metadata.ImageWidth > 0 ? $"{metadata.Sizing}" : null,
            sizeSource = facts.SizeSource,
            weightFiles,
            metadata = properties,
        };
    }

    private static object Describe(OnnxValueInfo value) =>
        new { name = value.Name, type = value.ElementType.Name, shape = value.Dimensions };

    private static string Layout(TensorLayout layout) =>
        layout == TensorLayout.ChannelsFirst ? "channels-first" : "channels-last";
}
