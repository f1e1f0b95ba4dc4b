using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>The columns and options of <see cref="ReconstructImageTransformer"/>, checked against its model.</summary>
internal sealed class ReconstructImageSetup : ImageModelSetup<ReconstructImageOptions>
{
    private const double LargestSmoothing = 1000;

    /// <exception cref="ArgumentException">An option is out of its range, or options contradict each other.</exception>
    /// <exception cref="InvalidDataException">
    /// The model does not reconstruct, or has no latent vector where one is asked for.
    /// </exception>
    public ReconstructImageSetup(
        string outputColumnName, string inputColumnName, OnnxModelSource source, ReconstructImageOptions options)
        : base(outputColumnName, inputColumnName, source)
    {
        if (!(options.ErrorSmoothing is >= 0 and <= LargestSmoothing))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.ErrorSmoothing,
                $"ErrorSmoothing is a deviation in pixels, expected 0 to {LargestSmoothing}.");
        }
        if (!(options.AnomalyQuantile is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.AnomalyQuantile, "AnomalyQuantile is a part of the pixels, expected 0 to 1.");
        }
        Input = new ModelInput(Model, source.Name, options);
        Sizing.Refuse(ImageSizing.Tiled, "tiles are for masks alone");
        Sizing.Refuse(ImageSizing.Crop, "what is cropped away cannot be reconstructed");
        Options = Input.Complete(options);
        string outputs = string.Join("; ", Model.Outputs);
        OnnxValueInfo? reconstruction = FindReconstruction(Model);
        GivesErrors = reconstruction is null;
        Answer = reconstruction ?? FindErrors(Model) ?? throw new InvalidDataException(
            $"{source.Name} does not reconstruct: expected an output of float or float16 that has the input's shape "
            + $"({Model.ImageInput}), or one named '{GraphNames.Error}' of shape [N,1,H,W], found {outputs}"
            + (Model.Metadata.Task.Length > 0 ? $" and the task '{PrintableText.Of(Model.Metadata.Task)}'." : "."));
        Latent = FindLatent(Model);
        if (options.LatentColumnName is not null && Latent is null)
        {
            throw new InvalidDataException(
                $"{source.Name} has no latent vector: expected a float output of shape [N,L], found {outputs}. Set "
                + "LatentColumnName to null.");
        }
        CheckNames();
    }

    public override ReconstructImageOptions Options { get; }

    /// <summary>How images are brought to the model.</summary>
    public ModelInput Input { get; }

    public ModelSizing Sizing => Input.Sizing;

    /// <summary>The output that is read: the reconstruction, or the errors where the model gives these itself.</summary>
    public OnnxValueInfo Answer { get; }

    /// <summary>Whether the model gives the error of each pixel and no image.</summary>
    public bool GivesErrors { get; }

    public OnnxValueInfo? Latent { get; }

    public override string? OnlyOutput => null;

    /// <summary>The length of the latent vector; 0 where it is free or there is none.</summary>
    public int LatentSize => Math.Max(0, Latent?.Dimensions[1] ?? 0);

    /// <summary>The columns of such options.</summary>
    /// <param name="outputColumnName">The name of the column with the reconstruction; null for none.</param>
    /// <param name="options">The options.</param>
    /// <param name="image">The type of the images.</param>
    /// <param name="latentSize">The length of the latent vector; 0 where it differs.</param>
    public static IReadOnlyList<OutputColumn> DescribeOutputs(
        string? outputColumnName, ReconstructImageOptions options, ImageDataViewType image, int latentSize) =>
            new OutputColumns<ReconstructedRow>()
            .Image(outputColumnName, image, row => row.Draw())
            .Vector<float>(
                options.LatentColumnName, new VectorDataViewType(NumberDataViewType.Single, latentSize), row => row.Latent)
            .Value(options.ErrorColumnName, NumberDataViewType.Single, row => row.MeanError())
            .Vector<float>(
                options.ErrorMapColumnName, ColumnTypes.PerPixel(NumberDataViewType.Single, image), row => row.ErrorMap())
            .Value(options.AnomalyScoreColumnName, NumberDataViewType.Single, row => row.AnomalyScore())
            .Value(options.BadImageColumnName, TextDataViewType.Instance, row => row.Error.AsMemory());

    public override IReadOnlyList<OutputColumn> DescribeOutputs(ImageDataViewType image) =>
        DescribeOutputs(GivesErrors ? null : OutputColumnName, Options, image, LatentSize);

    public override ScoredRow CreateRow(
        OnnxSession session, RowImageSource images, ImageDataViewType image, IReadOnlySet<string> wanted) =>
        new ReconstructedRow(session, this, images, image, Options.LatentColumnName is { } latent && wanted.Contains(latent));

    private static OnnxValueInfo? FindReconstruction(OnnxModelInfo model)
    {
        if (model.Metadata.Task == ModelTasks.Segmentation) return null;
        bool IsImage(OnnxValueInfo output) =>
            AnswerReader.CanRead(output.ElementType) && output.Dimensions.Count == 4
            && output.Dimensions[model.InputFormat.ChannelAxis] == model.Channels;
        return model.Outputs.FirstOrDefault(output => output.Name == GraphNames.Reconstruction && IsImage(output))
            ?? model.Outputs.FirstOrDefault(IsImage);
    }

    private static OnnxValueInfo? FindErrors(OnnxModelInfo model) =>
        model.InputFormat.Layout == TensorLayout.ChannelsFirst
            ? model.Outputs.FirstOrDefault(output =>
                output.Name == GraphNames.Error && AnswerReader.CanRead(output.ElementType)
                && output.Dimensions.Count == 4 && output.Dimensions[1] == 1)
            : null;

    private static OnnxValueInfo? FindLatent(OnnxModelInfo model)
    {
        static bool IsVector(OnnxValueInfo output) =>
            AnswerReader.CanRead(output.ElementType) && output.Dimensions.Count == 2;
        return model.Outputs.FirstOrDefault(output => output.Name == GraphNames.Latent && IsVector(output))
            ?? model.Outputs.FirstOrDefault(IsVector);
    }
}
