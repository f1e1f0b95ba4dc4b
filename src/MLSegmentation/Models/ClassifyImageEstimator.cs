using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// Gives the images of a column one class each with an ONNX model; there is nothing to learn, fitting only checks the input
/// column.
/// Made by <c>mlContext.Transforms.ClassifyImage</c>.
/// </summary>
/// <remarks>
/// The model has an input of type float and shape [N,1 or 3,H,W] that takes gray or RGB values from 0 to 255, and an output of
/// type float
/// and shape [N,C], C at least 2. The output named <c>probabilities</c> is taken for what its name says. One of any other name is
/// taken for
/// probabilities in an image where the scores lie in 0 to 1 and their sum is 1 within 0.001, and for logits, to which softmax is
/// applied, where not.
/// </remarks>
public sealed class ClassifyImageEstimator : IEstimator<ClassifyImageTransformer>
{
    private readonly ClassificationSetup _setup;
    private readonly OnnxModelSource _model;

    internal ClassifyImageEstimator(
        string outputColumnName, string? inputColumnName, OnnxModelSource model, ClassifyImageOptions? options)
    {
        OnnxModelInfo info = OnnxModelInfo.Of(model);
        _setup = new ClassificationSetup(outputColumnName, inputColumnName ?? outputColumnName, info, model.Name, options ?? new());
        _model = model;
    }

    /// <inheritdoc cref="SegmentImageEstimator.Fit"/>
    public ClassifyImageTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ColumnTypes.RequireImage(ColumnTypes.Find(input.Schema, _setup.InputColumnName));
        return new ClassifyImageTransformer(_setup, _model);
    }

    /// <inheritdoc cref="SegmentImageEstimator.GetOutputSchema"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ColumnShapes.RequireImage(inputSchema, _setup.InputColumnName);
        return ColumnShapes.With(inputSchema, OutputShapes(_setup.OutputColumnName, _setup.Options));
    }

    /// <summary>The columns that scoring adds.</summary>
    internal static IEnumerable<SchemaShape.Column> OutputShapes(string outputColumnName, ClassifyImageOptions options)
    {
        yield return ColumnShapes.Key(outputColumnName);
        if (options.ScoreColumnName is { } score) yield return ColumnShapes.NamedVector(score, NumberDataViewType.Single);
    }
}
