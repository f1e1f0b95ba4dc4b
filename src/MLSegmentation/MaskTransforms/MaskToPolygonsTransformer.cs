using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>
/// Turns the masks of a column into polygons along the borders of pixels (<see cref="MaskPolygons"/>). The result is a vector
/// with a text for each class, named by the annotation SlotNames. A text is a GeoJSON geometry, a MultiPolygon with a polygon for
/// each region of the class, holes included. Its coordinates are pixels from the image's upper left corner. A class that is not
/// in the mask has <c>{"type":"MultiPolygon","coordinates":[]}</c>.
/// </summary>
public sealed class MaskToPolygonsTransformer : RowTransformer, IZipped<MaskToPolygonsTransformer>
{
    private readonly MaskColumns _columns;

    internal MaskToPolygonsTransformer(string outputColumnName, string inputColumnName, string? imageColumnName)
        : base(imageColumnName is null ? [inputColumnName] : [inputColumnName, imageColumnName])
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        OutputColumnName = outputColumnName;
        _columns = new MaskColumns(inputColumnName, imageColumnName);
    }

    /// <summary>The name of the column with the polygons.</summary>
    public string OutputColumnName { get; }

    /// <summary>The name of the column with the masks.</summary>
    public string InputColumnName => _columns.MaskColumnName;

    /// <summary>
    /// The name of the column with the images that the masks belong to; null where the masks' type has their size.
    /// </summary>
    public string? ImageColumnName => _columns.ImageColumnName;

    internal override TransformerState GetState() =>
        TransformerState.Create(new State(OutputColumnName, InputColumnName, ImageColumnName));

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<InputColumn> inputs)
    {
        IReadOnlyList<string> classNames = _columns.Require(inputs) ?? ColumnTypes.UnknownNames;
        return new OutputColumns<ReadOnlyMemory<char>[]>().Vector<ReadOnlyMemory<char>>(
            OutputColumnName, new VectorDataViewType(TextDataViewType.Instance, classNames.Count), texts => texts,
            ColumnTypes.SlotNames(classNames));
    }

    internal override Func<object> OpenRow(DataViewRow row, IReadOnlyList<InputColumn> inputs, IReadOnlySet<string> wanted)
    {
        int classes = MaskColumns.ClassNames(inputs[0].Data).Length;
        MaskColumnReader reader = _columns.Open(row, inputs);
        return new RowValue<ReadOnlyMemory<char>[]>(row, () => Texts(reader.Read(), classes)).Get;
    }

    private static ReadOnlyMemory<char>[] Texts(RowMask mask, int classes)
    {
        ILookup<uint, MaskPolygon> polygons = MaskPolygons.Trace(mask.Keys, mask.Width, mask.Height)
            .ToLookup(polygon => polygon.Key);
        return [.. Enumerable.Range(0, classes).Select(index => GeoJsonGeometry.Text(polygons[(uint)index + 1]).AsMemory())];
    }

    static MaskToPolygonsTransformer IZipped<MaskToPolygonsTransformer>.FromState(TransformerState state, IHostEnvironment env)
    {
        var saved = state.Read<State>();
        return new MaskToPolygonsTransformer(saved.OutputColumnName, saved.InputColumnName, saved.ImageColumnName);
    }

    private sealed record State(string OutputColumnName, string InputColumnName, string? ImageColumnName);
}
