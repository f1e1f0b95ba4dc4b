namespace MLSegmentation;

/// <summary>How images are brought to a model: what the options say, filled in from the model.</summary>
internal sealed class ModelInput
{
    private readonly OnnxModelInfo _model;

    /// <param name="model">The model.</param>
    /// <param name="source">What errors call it.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">
    /// The options contradict each other or the model, do not fit it, or leave open how pixels are prepared.
    /// </exception>
    public ModelInput(OnnxModelInfo model, string source, ImageModelOptions options)
    {
        _model = model;
        Sizing = new ModelSizing(model, options);
        Preparation = PreparationOf(model, source, options.Preparation);
        Scaling = PixelScaling.Of(Preparation, model.Channels);
    }

    /// <summary>How an image is brought to the model's size.</summary>
    public ModelSizing Sizing { get; }

    /// <summary>What is done to the values of pixels.</summary>
    public ImagePreparation Preparation { get; }

    /// <summary>The same as numbers for the model's channels.</summary>
    public PixelScaling Scaling { get; }

    /// <summary>The options with sizing, range and preparation filled in.</summary>
    public TOptions Complete<TOptions>(TOptions options)
        where TOptions : ImageModelOptions => (TOptions)(options with
        {
            Sizing = Sizing.Sizing,
            SampleRange = options.SampleRange ?? _model.Metadata.SampleRange,

            // A model of this project says it itself, and its zips are read by versions that do not know the option.
            Preparation = _model.Metadata.Task.Length > 0 ? options.Preparation : Preparation,
        });

    private static ImagePreparation PreparationOf(OnnxModelInfo model, string source, ImagePreparation? given)
    {
        IReadOnlyList<FoundPreparation> found = model.FoundPreparations;
        if (given is null && model.FoundPreparation is { } only) return only.Preparation;
        if (given is not null && (found.Count == 0 || found.Any(one => one.Allows(given)))) return given;
        throw new ArgumentException(
            found.Count == 0 ? NotSaid(model, source)
            : given is null
                ? $"{source} contradicts itself about how pixels are prepared: {Join(found)}. Both would prepare them twice. Set "
                    + "Preparation to the one that is right."
                : $"The options say that pixels are prepared as {given}, but {Join(found)}. "
                    + (found.Count == 1
                        ? "Leave Preparation out, or mend what is wrong there."
                        : "Set Preparation to one of these."),
            "options");
    }

    private static string Join(IReadOnlyList<FoundPreparation> found) =>
        string.Join(", and ", found.Select(one => $"{one.Source} says {one.Preparation}"));

    private static string NotSaid(OnnxModelInfo model, string source) =>
        (model.Description is { UnclearField: { } field } description
            ? $"{source} does not say how pixels are prepared for it, since the field '{field}' of {description.Source} changes "
                + "them in a way that is not understood. A wrong guess"
            : $"{source} does not say how pixels are prepared for it, and a wrong guess")
        + " would give a mask that looks right and is wrong. Set Preparation to ImagePreparation.ImageNetRgb (torchvision, "
        + "Hugging Face, segmentation_models.pytorch), ImageNetBgr (PaddlePaddle), ZeroToOne, MinusOneToOne, CaffeBgr (Keras' "
        + "VGG and ResNet), AsIs (the graph prepares them) or numbers of your own. The training code says which: look for mean "
        + "and std, Normalize, preprocess_input, Rescaling or a division by 255.";
}
