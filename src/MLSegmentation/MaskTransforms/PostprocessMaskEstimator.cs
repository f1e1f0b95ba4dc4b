using Microsoft.ML;

namespace MLSegmentation;

/// <summary>Corrects masks; there is nothing to learn. Made by <c>mlContext.Transforms.PostprocessMask</c>.</summary>
public sealed class PostprocessMaskEstimator : IEstimator<PostprocessMaskTransformer>
{
    private readonly PostprocessMaskTransformer _transformer;

    internal PostprocessMaskEstimator(string outputColumnName, string? inputColumnName, PostprocessMaskOptions options, string? imageColumnName) =>
        _transformer = new PostprocessMaskTransformer(outputColumnName, inputColumnName ?? outputColumnName, options, imageColumnName);

    /// <summary>Gives the transformer; the data is not read.</summary>
    /// <param name="input">Data with the mask column.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column is missing or has another type, none says how wide the masks are, or the background is no class.
    /// </exception>
    public PostprocessMaskTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    /// <summary>The columns after the transformation.</summary>
    /// <param name="inputSchema">The columns before it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type, or none says how wide the masks are.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        ColumnShapes.With(inputSchema, ColumnShapes.Copy(_transformer.OutputColumnName, _transformer.Columns.Require(inputSchema)));
}
