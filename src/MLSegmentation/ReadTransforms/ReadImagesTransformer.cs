using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>Reads the image files whose paths are in a column, as rows are read (<see cref="ImageDecoder"/>).</summary>
public sealed class ReadImagesTransformer : RowToRowTransformer
{
    internal ReadImagesTransformer(string outputColumnName, string inputColumnName, string? imageFolder, SampleRange? sampleRange)
        : base(inputColumnName)
    {
        OutputColumnName = outputColumnName;
        ImageFolder = imageFolder;
        SampleRange = sampleRange;
    }

    /// <summary>The name of the image column.</summary>
    public string OutputColumnName { get; }

    /// <summary>The folder that relative paths start from; null for the current one.</summary>
    public string? ImageFolder { get; }

    /// <summary>The values that become black and white where samples have more than 8 bits; null for the least and the greatest of their type.</summary>
    public SampleRange? SampleRange { get; }

    /// <summary>The transformer that <see cref="GetState"/> described.</summary>
    internal static ReadImagesTransformer FromState(TransformerState state)
    {
        var settings = state.ReadSettings<Settings>();
        return new ReadImagesTransformer(settings.OutputColumnName, settings.InputColumnName, settings.ImageFolder, settings.SampleRange);
    }

    internal override TransformerState GetState() => TransformerState.Create(new Settings(OutputColumnName, InputColumnName, ImageFolder, SampleRange));

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(DataViewSchema.Column input)
    {
        ColumnTypes.RequireText(input);
        return [new OutputColumn(OutputColumnName, new ImageDataViewType(), SampleRangeAnnotation.Of(SampleRange))];
    }

    internal override Delegate?[] CreateGetters(DataViewRow row, DataViewSchema.Column input, IReadOnlyList<bool> active)
    {
        var path = new PathColumnReader(row, input, ImageFolder);
        return
        [
            (ValueGetter<MLImage>)((ref MLImage image) =>
            {
                MLImage decoded = ImageDecoder.Decode(path.Read(), SampleRange);

                // Images are native memory that the garbage collector does not see: like ML.NET's own, this frees the last row's.
                image?.Dispose();
                image = decoded;
            }),
        ];
    }

    private sealed record Settings(string OutputColumnName, string InputColumnName, string? ImageFolder, SampleRange? SampleRange = null);
}
