using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// Turns the masks of a column into polygons along the borders of pixels (<see cref="MaskPolygons"/>): a vector with a text for each class, named by
/// the annotation SlotNames. A text is a GeoJSON geometry, a MultiPolygon with a polygon for each region of the class, holes included, in pixels from
/// the image's upper left corner; a class that is not in the mask has <c>{"type":"MultiPolygon","coordinates":[]}</c>.
/// </summary>
public sealed class MaskToPolygonsTransformer : RowTransformer
{
    internal MaskToPolygonsTransformer(string outputColumnName, string inputColumnName, string? imageColumnName)
        : this(outputColumnName, new MaskColumns(inputColumnName, imageColumnName))
    {
    }

    private MaskToPolygonsTransformer(string outputColumnName, MaskColumns columns)
        : base(columns.Names)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        OutputColumnName = outputColumnName;
        Columns = columns;
    }

    /// <summary>The name of the column with the polygons.</summary>
    public string OutputColumnName { get; }

    /// <summary>The name of the column with the masks.</summary>
    public string InputColumnName => Columns.MaskColumnName;

    /// <summary>The name of the column with the images that the masks belong to; null where the masks' type has their size.</summary>
    public string? ImageColumnName => Columns.ImageColumnName;

    internal MaskColumns Columns { get; }

    /// <summary>The transformer that <see cref="GetState"/> described.</summary>
    internal static MaskToPolygonsTransformer FromState(TransformerState state)
    {
        var settings = state.ReadSettings<Settings>();
        return new MaskToPolygonsTransformer(settings.OutputColumnName, settings.InputColumnName, settings.ImageColumnName);
    }

    internal override TransformerState GetState() => TransformerState.Create(new Settings(OutputColumnName, InputColumnName, ImageColumnName));

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<DataViewSchema.Column> inputs)
    {
        string[] classNames = Columns.Require(inputs);
        return
        [
            new OutputColumn(
                OutputColumnName, new VectorDataViewType(TextDataViewType.Instance, classNames.Length), ColumnTypes.SlotNames(classNames)),
        ];
    }

    internal override Delegate?[] CreateGetters(DataViewRow row, IReadOnlyList<DataViewSchema.Column> inputs, IReadOnlyList<bool> active)
    {
        int classes = MaskColumns.ClassNames(inputs[0]).Length;
        MaskColumnReader reader = Columns.Open(row, inputs);
        var texts = new RowValue<ReadOnlyMemory<char>[]>(row, () => Texts(reader.Read(), classes));
        return
        [
            (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> polygons) =>
                ColumnTypes.Copy<ReadOnlyMemory<char>>(texts.Get(), ref polygons)),
        ];
    }

    private static ReadOnlyMemory<char>[] Texts(RowMask mask, int classes)
    {
        ILookup<uint, MaskPolygon> polygons = MaskPolygons.Trace(mask.Keys, mask.Width, mask.Height).ToLookup(polygon => polygon.Key);
        return [.. Enumerable.Range(0, classes).Select(index => GeoJsonGeometry.Text(polygons[(uint)index + 1]).AsMemory())];
    }

    private sealed record Settings(string OutputColumnName, string InputColumnName, string? ImageColumnName);
}
