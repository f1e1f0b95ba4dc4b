using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>
/// Passes the images of a column through an autoencoder; there is nothing to learn, fitting only checks the input column.
/// Made by <c>mlContext.Transforms.ReconstructImage</c>.
/// </summary>
/// <remarks>
/// The model has an input of type float and shape [N,1 or 3,H,W] that takes gray or RGB values from 0 to 255, an output of the same type, shape and
/// range (<c>reconstruction</c>, or the first such), and for the latent vector an output of type float and shape [N,L] (<c>latent</c>, or the first such).
/// </remarks>
public sealed class ReconstructImageEstimator : IEstimator<ReconstructImageTransformer>
{
    private readonly ReconstructionSetup _setup;
    private readonly OnnxModelSource _model;

    internal ReconstructImageEstimator(string outputColumnName, string? inputColumnName, OnnxModelSource model, ReconstructImageOptions? options)
    {
        OnnxModelInfo info = OnnxModelInfo.Of(model);
        _setup = new ReconstructionSetup(outputColumnName, inputColumnName ?? outputColumnName, info, model.Name, options ?? new ReconstructImageOptions());
        _model = model;
    }

    /// <inheritdoc cref="SegmentImageEstimator.Fit"/>
    public ReconstructImageTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ColumnTypes.RequireImage(ColumnTypes.Find(input.Schema, _setup.InputColumnName));
        return new ReconstructImageTransformer(_setup, _model);
    }

    /// <inheritdoc cref="SegmentImageEstimator.GetOutputSchema"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ImageDataViewType image = ColumnShapes.RequireImage(inputSchema, _setup.InputColumnName);
        bool isLatentSizeKnown = _setup.Latent?.Dimensions[1] > 0;
        return ColumnShapes.With(inputSchema, OutputShapes(_setup.OutputColumnName, _setup.Options, image, isLatentSizeKnown));
    }

    /// <summary>The columns that scoring adds to rows with such images.</summary>
    internal static IEnumerable<SchemaShape.Column> OutputShapes(
        string outputColumnName, ReconstructImageOptions options, ImageDataViewType image, bool isLatentSizeKnown = true)
    {
        yield return ColumnShapes.Scalar(outputColumnName, image);
        if (options.LatentColumnName is { } latent) yield return ColumnShapes.Vector(latent, NumberDataViewType.Single, isLatentSizeKnown);
        if (options.ErrorColumnName is { } error) yield return ColumnShapes.Scalar(error, NumberDataViewType.Single);
        if (options.ErrorMapColumnName is { } map) yield return ColumnShapes.PerPixel(map, NumberDataViewType.Single, image);
        if (options.AnomalyScoreColumnName is { } score) yield return ColumnShapes.Scalar(score, NumberDataViewType.Single);
    }
}
