using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>Reads the image files whose paths are in a column, as rows are read (<see cref="ImageDecoder"/>).</summary>
public sealed class ReadImagesTransformer : RowTransformer, IZipped<ReadImagesTransformer>
{
    internal ReadImagesTransformer(string outputColumnName, string inputColumnName, string? imageFolder, SampleRange? sampleRange)
        : base(inputColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        OutputColumnName = outputColumnName;
        ImageFolder = imageFolder;
        SampleRange = sampleRange;
    }

    /// <summary>The name of the image column.</summary>
    public string OutputColumnName { get; }

    /// <summary>The name of the column with the paths.</summary>
    public string InputColumnName => InputColumnNames[0];

    /// <summary>The folder that relative paths start from; null for the current one.</summary>
    public string? ImageFolder { get; }

    /// <summary>
    /// The values that become black and white where samples have more than 8 bits; null for the least and the greatest of their
    /// type.
    /// </summary>
    public SampleRange? SampleRange { get; }

    static ReadImagesTransformer IZipped<ReadImagesTransformer>.FromState(TransformerState state, IHostEnvironment env)
    {
        var saved = state.Read<State>();
        return new ReadImagesTransformer(saved.OutputColumnName, saved.InputColumnName, saved.ImageFolder, saved.SampleRange);
    }

    internal override TransformerState GetState() =>
        TransformerState.Create(new State(OutputColumnName, InputColumnName, ImageFolder, SampleRange));

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<InputColumn> inputs)
    {
        inputs[0].RequireText();
        return new OutputColumns<PathColumnReader>().Image(
            OutputColumnName, new ImageDataViewType(), path => ImageDecoder.Decode(path.Read(), SampleRange),
            SampleRangeAnnotation.Of(SampleRange));
    }

    internal override Func<object> OpenRow(DataViewRow row, IReadOnlyList<InputColumn> inputs, IReadOnlySet<string> wanted)
    {
        var path = new PathColumnReader(row, inputs[0].Data, ImageFolder);
        return () => path;
    }

    private sealed record State(
        string OutputColumnName, string InputColumnName, string? ImageFolder, SampleRange? SampleRange = null);
}
