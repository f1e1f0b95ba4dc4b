using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>
/// Reads the mask files whose paths are in a column, as rows are read. Rows without that column, as they are once a trained chain
/// scores new images, get masks of no pixels.
/// </summary>
public sealed class ReadMasksTransformer : RowTransformer, IZipped<ReadMasksTransformer>
{
    private readonly MaskReader _reader;

    internal ReadMasksTransformer(MaskReader reader, string outputColumnName, string inputColumnName)
        : base(inputColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        _reader = reader;
        OutputColumnName = outputColumnName;
    }

    /// <summary>The name of the column that is read.</summary>
    public string InputColumnName => InputColumnNames[0];

    /// <summary>The name of the mask column.</summary>
    public string OutputColumnName { get; }

    /// <summary>The folder that relative paths start from; null for the current one.</summary>
    public string? MaskFolder => _reader.Folder;

    /// <summary>The name of each class.</summary>
    public IReadOnlyList<string> ClassNames => _reader.ClassNames;

    /// <summary>The options.</summary>
    public ReadMasksOptions Options => _reader.Options;

    /// <summary>
    /// The masks read so far whose palette contradicts the classes, so that they were read by what they look like.
    /// </summary>
    internal int ContradictingMasks => _reader.Contradicting;

    private protected override bool AreInputsOptional => true;

    static ReadMasksTransformer IZipped<ReadMasksTransformer>.FromState(TransformerState state, IHostEnvironment env)
    {
        var saved = state.Read<State>();
        var reader = new MaskReader(saved.MaskFolder, saved.ClassNames, saved.Options);
        return new ReadMasksTransformer(reader, saved.OutputColumnName, saved.InputColumnName);
    }

    internal override TransformerState GetState() =>
        TransformerState.Create(new State(OutputColumnName, InputColumnName, MaskFolder, ClassNames, Options));

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<InputColumn> inputs)
    {
        foreach (InputColumn input in inputs) input.RequireText();
        return new OutputColumns<uint[]>().Mask(OutputColumnName, ClassNames, new ImageDataViewType(), keys => keys);
    }

    internal override Func<object> OpenRow(DataViewRow row, IReadOnlyList<InputColumn> inputs, IReadOnlySet<string> wanted)
    {
        if (inputs.Count == 0) return () => Array.Empty<uint>();
        var path = new PathColumnReader(row, inputs[0].Data, MaskFolder);
        return new RowValue<uint[]>(row, () => _reader.Read(path.Read())).Get;
    }

    private sealed record State(
        string OutputColumnName, string InputColumnName, string? MaskFolder, IReadOnlyList<string> ClassNames,
        ReadMasksOptions Options);
}
