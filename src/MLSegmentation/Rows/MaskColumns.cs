using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Kind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace MLSegmentation;

/// <summary>
/// The columns that a transform of masks reads: the mask, and the image it belongs to. A mask's type has its height and width where it was made of
/// images of one size; where it has not, it is the image that says how wide the mask is.
/// </summary>
internal sealed record MaskColumns(string MaskColumnName, string? ImageColumnName)
{
    private const string Mask = "a mask, Vector<Key<UInt32>>";

    /// <summary>The columns' names: the mask's, then the image's where there is one.</summary>
    public IReadOnlyList<string> Names => ImageColumnName is null ? [MaskColumnName] : [MaskColumnName, ImageColumnName];

    /// <summary>The class names of a mask column: its key values, or the class numbers where it has none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no mask.</exception>
    public static string[] ClassNames(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { ItemType: KeyDataViewType key } || key.RawType != typeof(uint))
            throw ColumnTypes.Mismatch(column.Name, Mask, column.Type);
        if (column.Annotations.Schema.GetColumnOrNull(ColumnShapes.KeyValues) is not { Type: VectorDataViewType { ItemType: TextDataViewType } })
            return [.. Enumerable.Range(0, (int)key.Count).Select(index => $"{index}")];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>Checks the columns, which are in the order of <see cref="Names"/>.</summary>
    /// <returns>The class names of the mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One has another type, or none says how wide the mask is.</exception>
    public string[] Require(IReadOnlyList<DataViewSchema.Column> columns)
    {
        string[] classNames = ClassNames(columns[0]);
        (int Width, int Height)? size = SizeOf(columns[0].Type);
        if (ImageColumnName is null)
        {
            if (size is null) throw WithoutWidth(columns[0].Type);
            return classNames;
        }
        ImageDataViewType image = ColumnTypes.RequireImage(columns[1]);
        if (size is { } known && ColumnTypes.HasSize(image) && known != (image.Width, image.Height))
            throw ColumnTypes.Mismatch(MaskColumnName, $"a mask of the images in '{ImageColumnName}', {image}", columns[0].Type);
        return classNames;
    }

    /// <summary>Checks the columns before there is data; whether a vector of known length has two dimensions is only known then.</summary>
    /// <returns>The mask column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One has another type, or none says how wide the mask is.</exception>
    public SchemaShape.Column Require(SchemaShape schema)
    {
        SchemaShape.Column mask = ColumnShapes.Find(schema, MaskColumnName);
        if (mask.Kind == Kind.Scalar || !mask.IsKey || mask.ItemType is not NumberDataViewType { RawType: var raw } || raw != typeof(uint))
            throw ColumnTypes.Mismatch(MaskColumnName, Mask, mask.GetTypeString());
        if (ImageColumnName is not null) ColumnShapes.RequireImage(schema, ImageColumnName);
        else if (mask.Kind == Kind.VariableVector) throw WithoutWidth(mask.GetTypeString());
        return mask;
    }

    /// <summary>A reader of a row's mask, of the type's size where it has one, else of the image's.</summary>
    public MaskColumnReader Open(DataViewRow row, IReadOnlyList<DataViewSchema.Column> columns)
    {
        if (SizeOf(columns[0].Type) is { } size) return new MaskColumnReader(row, columns[0], () => size);
        var image = new ImageColumnReader(row, columns[1]);
        return new MaskColumnReader(row, columns[0], () =>
        {
            MLImage read = image.Read();
            return (read.Width, read.Height);
        });
    }

    private static (int Width, int Height)? SizeOf(DataViewType type) =>
        type is VectorDataViewType { Dimensions: [> 0 and var height, > 0 and var width] } ? (width, height) : null;

    private ArgumentOutOfRangeException WithoutWidth(object type) => new(
        "inputSchema",
        $"The mask column '{MaskColumnName}' is {type}, without the dimensions height and width: give the name of the column with the images that "
        + "the masks belong to, as imageColumnName.");
}
