namespace MLSegmentation;

/// <summary>Options checked against an autoencoder.</summary>
internal sealed record ReconstructionSetup
{
    private const double LargestSmoothing = 1000;

    /// <exception cref="ArgumentException">An option is out of its range, or options contradict each other.</exception>
    /// <exception cref="InvalidDataException">The model does not reconstruct, or has no latent vector where one is asked for.</exception>
    public ReconstructionSetup(string outputColumnName, string inputColumnName, OnnxModelInfo model, string source, ReconstructImageOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        OutputColumnName = outputColumnName;
        InputColumnName = inputColumnName;
        Model = model;
        OptionChecks.Names(
            outputColumnName, options.LatentColumnName, options.ErrorColumnName, options.ErrorMapColumnName, options.AnomalyScoreColumnName);
        if (!(options.ErrorSmoothing is >= 0 and <= LargestSmoothing))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.ErrorSmoothing, $"ErrorSmoothing is a deviation in pixels, expected 0 to {LargestSmoothing}.");
        }
        if (!(options.AnomalyQuantile is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.AnomalyQuantile, "AnomalyQuantile is a part of the pixels, expected 0 to 1.");
        }
        OptionChecks.Threads(options.Threads);
        Sizing = new ModelSizing(model, options.Sizing, options.ImageWidth, options.ImageHeight);
        Sizing.Refuse(ImageSizing.Tiled, "tiles are for masks alone");
        Sizing.Refuse(ImageSizing.Crop, "what is cropped away cannot be reconstructed");
        Options = options with { Sizing = Sizing.Sizing };
        Reconstruction = FindReconstruction(model) ?? throw new InvalidDataException(
            $"{source} does not reconstruct: expected a float output of shape [N,{model.Channels},H,W], found {string.Join("; ", model.Outputs)}"
            + (model.Metadata.Task.Length > 0 ? $" and the task '{model.Metadata.Task}'." : "."));
        Latent = FindLatent(model);
        if (options.LatentColumnName is not null && Latent is null)
        {
            throw new InvalidDataException(
                $"{source} has no latent vector: expected a float output of shape [N,L], found {string.Join("; ", model.Outputs)}. Set LatentColumnName to null.");
        }
    }

    public string OutputColumnName { get; }

    public string InputColumnName { get; }

    public OnnxModelInfo Model { get; }

    /// <summary>The options with the sizing filled in.</summary>
    public ReconstructImageOptions Options { get; }

    public ModelSizing Sizing { get; }

    public OnnxValueInfo Reconstruction { get; }

    public OnnxValueInfo? Latent { get; }

    private static OnnxValueInfo? FindReconstruction(OnnxModelInfo model)
    {
        if (model.Metadata.Task == ModelTasks.Segmentation) return null;
        bool IsImage(OnnxValueInfo output) =>
            output.ElementType == typeof(float) && output.Dimensions.Count == 4 && output.Dimensions[1] == model.Channels;
        return model.Outputs.FirstOrDefault(output => output.Name == GraphNames.Reconstruction && IsImage(output))
            ?? model.Outputs.FirstOrDefault(IsImage);
    }

    private static OnnxValueInfo? FindLatent(OnnxModelInfo model)
    {
        static bool IsVector(OnnxValueInfo output) => output.ElementType == typeof(float) && output.Dimensions.Count == 2;
        return model.Outputs.FirstOrDefault(output => output.Name == GraphNames.Latent && IsVector(output))
            ?? model.Outputs.FirstOrDefault(IsVector);
    }
}
