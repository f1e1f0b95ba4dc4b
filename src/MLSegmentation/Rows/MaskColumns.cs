using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Kind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace MLSegmentation;

/// <summary>
/// The columns that a transform of masks reads: the mask, and the image it belongs to. A mask's type has its height and width
/// where it was made of images of one size; where it has not, it is the image that says how wide the mask is.
/// </summary>
internal sealed record MaskColumns(string MaskColumnName, string? ImageColumnName)
{
    private const string Mask = "a mask, Vector<Key<UInt32>>";

    /// <summary>The class names of a mask column: its key values, or the class numbers where it has none.</summary>
    /// <param name="column">The column.</param>
    /// <param name="parameter">
    /// The parameter of the public method that was called which the column was sought in, or which named it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">It is no mask.</exception>
    public static string[] ClassNames(DataViewSchema.Column column, string parameter = "input")
    {
        if (column.Type is not VectorDataViewType { ItemType: KeyDataViewType key } || key.RawType != typeof(uint))
            throw ColumnTypes.Mismatch(column.Name, Mask, column.Type, parameter);
        if (column.Annotations.Schema.GetColumnOrNull(
            ColumnTypes.KeyValuesName) is not { Type: VectorDataViewType { ItemType: TextDataViewType } })
            return [.. Enumerable.Range(0, (int)key.Count).Select(index => $"{index}")];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>
    /// Checks the columns, which are the mask's and then the image's where there is one. Only with data it is known whether a
    /// vector of known length has two dimensions.
    /// </summary>
    /// <returns>The class names of the mask; null where there is no data yet.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One has another type, or none says how wide the mask is.</exception>
    public string[]? Require(IReadOnlyList<InputColumn> columns)
    {
        InputColumn mask = columns[0];
        if (mask.Shape.Kind == Kind.Scalar || !mask.Shape.IsKey || mask.Shape.ItemType.RawType != typeof(uint))
            throw mask.Mismatch(Mask);
        (int Width, int Height)? size = mask.HasData ? SizeOf(mask.Data.Type) : null;
        if (ImageColumnName is null)
        {
            bool isWidthUnknown = mask.HasData ? size is null : mask.Shape.Kind == Kind.VariableVector;
            if (isWidthUnknown) throw WithoutWidth(mask);
        }
        else
        {
            ImageDataViewType image = columns[1].RequireImage();
            if (size is { } known && ColumnTypes.HasSize(image) && known != (image.Width, image.Height))
                throw mask.Mismatch($"a mask of the images in '{ImageColumnName}', {image}");
        }
        return mask.HasData ? ClassNames(mask.Data) : null;
    }

    /// <summary>A reader of a row's mask, of the type's size where it has one, else of the image's.</summary>
    public MaskColumnReader Open(DataViewRow row, IReadOnlyList<InputColumn> columns)
    {
        DataViewSchema.Column mask = columns[0].Data;
        if (SizeOf(mask.Type) is { } size) return new MaskColumnReader(row, mask, () => size);
        var image = new ImageColumnReader(row, columns[1].Data);
        return new MaskColumnReader(row, mask, () =>
        {
            MLImage read = image.Read();
            return (read.Width, read.Height);
        });
    }

    private static (int Width, int Height)? SizeOf(DataViewType type) =>
        type is VectorDataViewType { Dimensions: [> 0 and var height, > 0 and var width] } ? (width, height) : null;

    private static ArgumentOutOfRangeException WithoutWidth(InputColumn mask) => mask.Unfit(
        $"The mask column '{mask.Name}' is {mask.TypeText}, without the dimensions height and width: give the name of the column "
        + "with the images that the masks belong to, as imageColumnName.");
}
