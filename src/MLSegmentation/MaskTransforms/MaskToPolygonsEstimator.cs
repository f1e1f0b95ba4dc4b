using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>Turns masks into polygons; there is nothing to learn. Made by <c>mlContext.Transforms.MaskToPolygons</c>.</summary>
public sealed class MaskToPolygonsEstimator : IEstimator<MaskToPolygonsTransformer>
{
    private readonly MaskToPolygonsTransformer _transformer;

    internal MaskToPolygonsEstimator(string outputColumnName, string? inputColumnName, string? imageColumnName) =>
        _transformer = new MaskToPolygonsTransformer(outputColumnName, inputColumnName ?? outputColumnName, imageColumnName);

    /// <summary>Gives the transformer; the data is not read.</summary>
    /// <param name="input">Data with the mask column.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type, or none says how wide the masks are.</exception>
    public MaskToPolygonsTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    /// <summary>The columns after the transformation.</summary>
    /// <param name="inputSchema">The columns before it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type, or none says how wide the masks are.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _transformer.Columns.Require(inputSchema);
        return ColumnShapes.With(inputSchema, ColumnShapes.NamedVector(_transformer.OutputColumnName, TextDataViewType.Instance));
    }
}
