using Microsoft.ML;

namespace MLSegmentation;

/// <summary>Draws masks on their images; there is nothing to learn. Made by <c>mlContext.Transforms.OverlayMask</c>.</summary>
public sealed class OverlayMaskEstimator : IEstimator<OverlayMaskTransformer>
{
    private readonly OverlayMaskTransformer _transformer;

    internal OverlayMaskEstimator(string outputColumnName, string maskColumnName, string imageColumnName, OverlayMaskOptions? options) =>
        _transformer = new OverlayMaskTransformer(outputColumnName, maskColumnName, imageColumnName, options ?? new OverlayMaskOptions());

    /// <summary>Gives the transformer; the data is not read.</summary>
    /// <param name="input">Data with the mask column and the image column.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column is missing or has another type, or the palette or the background does not fit the classes.
    /// </exception>
    public OverlayMaskTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    /// <summary>The columns after the transformation.</summary>
    /// <param name="inputSchema">The columns before it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _transformer.Columns.Require(inputSchema);
        return ColumnShapes.With(
            inputSchema, ColumnShapes.Scalar(_transformer.OutputColumnName, ColumnShapes.RequireImage(inputSchema, _transformer.ImageColumnName)));
    }
}
