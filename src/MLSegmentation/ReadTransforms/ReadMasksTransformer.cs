using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>
/// Reads the mask files whose paths are in a column, as rows are read. Rows without that column, as they are once a trained chain scores new images, get
/// masks of no pixels.
/// </summary>
public sealed class ReadMasksTransformer : RowTransformer
{
    private readonly MaskReader _reader;

    internal ReadMasksTransformer(MaskReader reader, string outputColumnName, string inputColumnName)
        : base(inputColumnName)
    {
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

    /// <summary>The masks read so far whose palette contradicts the classes, so that they were read by what they look like.</summary>
    internal int ContradictingMasks => _reader.Contradicting;

    /// <summary>The transformer that <see cref="GetState"/> described.</summary>
    internal static ReadMasksTransformer FromState(TransformerState state)
    {
        var settings = state.ReadSettings<Settings>();
        var reader = new MaskReader(settings.MaskFolder, settings.ClassNames, settings.Options);
        return new ReadMasksTransformer(reader, settings.OutputColumnName, settings.InputColumnName);
    }

    internal override TransformerState GetState() =>
        TransformerState.Create(new Settings(OutputColumnName, InputColumnName, MaskFolder, ClassNames, Options));

    private protected override bool AreInputsOptional => true;

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<DataViewSchema.Column> inputs)
    {
        foreach (DataViewSchema.Column input in inputs) ColumnTypes.RequireText(input);
        return [ColumnTypes.Mask(OutputColumnName, ClassNames, new ImageDataViewType())];
    }

    internal override Delegate?[] CreateGetters(DataViewRow row, IReadOnlyList<DataViewSchema.Column> inputs, IReadOnlyList<bool> active)
    {
        if (inputs.Count == 0) return [(ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> keys) => ColumnTypes.Copy([], ref keys))];
        var path = new PathColumnReader(row, inputs[0], MaskFolder);
        var mask = new RowValue<uint[]>(row, () => _reader.Read(path.Read()));
        return [(ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> keys) => ColumnTypes.Copy(mask.Get(), ref keys))];
    }

    private sealed record Settings(
        string OutputColumnName, string InputColumnName, string? MaskFolder, IReadOnlyList<string> ClassNames, ReadMasksOptions Options);
}
