using Microsoft.ML;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>Reads image files; there is nothing to learn. Made by <c>mlContext.Transforms.ReadImages</c>.</summary>
public sealed class ReadImagesEstimator : IEstimator<ReadImagesTransformer>
{
    private readonly string _outputColumnName;
    private readonly string _inputColumnName;
    private readonly string? _imageFolder;
    private readonly SampleRange? _sampleRange;

    internal ReadImagesEstimator(string outputColumnName, string? inputColumnName, string? imageFolder, SampleRange? sampleRange)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        _outputColumnName = outputColumnName;
        _inputColumnName = inputColumnName ?? outputColumnName;
        _imageFolder = imageFolder;
        _sampleRange = sampleRange;
    }

    /// <summary>Makes the transformer; no file is read.</summary>
    /// <param name="input">Data with the column of paths.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or holds no text.</exception>
    public ReadImagesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ColumnTypes.RequireText(ColumnTypes.Find(input.Schema, _inputColumnName));
        return new ReadImagesTransformer(_outputColumnName, _inputColumnName, _imageFolder, _sampleRange);
    }

    /// <summary>The columns after the transformation.</summary>
    /// <param name="inputSchema">The columns before it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or holds no text.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ColumnShapes.RequireText(inputSchema, _inputColumnName);
        return ColumnShapes.With(inputSchema, ColumnShapes.Scalar(_outputColumnName, new ImageDataViewType(), SampleRangeAnnotation.ShapeOf(_sampleRange)));
    }
}
