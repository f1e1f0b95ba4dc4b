using Microsoft.ML;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>Reads mask files; there is nothing to learn. Made by <c>mlContext.Transforms.ReadMasks</c>.</summary>
public sealed class ReadMasksEstimator : IEstimator<ReadMasksTransformer>
{
    private readonly MaskReader _reader;
    private readonly string _outputColumnName;
    private readonly string _inputColumnName;

    internal ReadMasksEstimator(MaskReader reader, string outputColumnName, string? inputColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        _reader = reader;
        _outputColumnName = outputColumnName;
        _inputColumnName = inputColumnName ?? outputColumnName;
    }

    /// <inheritdoc cref="ReadImagesEstimator.Fit"/>
    public ReadMasksTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ColumnTypes.RequireText(ColumnTypes.Find(input.Schema, _inputColumnName));
        return new ReadMasksTransformer(_reader, _outputColumnName, _inputColumnName);
    }

    /// <inheritdoc cref="ReadImagesEstimator.GetOutputSchema"/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ColumnShapes.RequireText(inputSchema, _inputColumnName);
        return ColumnShapes.With(inputSchema, ColumnShapes.Mask(_outputColumnName, new ImageDataViewType()));
    }
}
