using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>Finds and makes column types, with errors like ML.NET's own.</summary>
internal static class ColumnTypes
{
    public static DataViewSchema.Column Find(DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(
            "inputSchema", $"Could not find input column '{name}'. The columns are: {string.Join(", ", schema.Select(column => column.Name))}.");

    public static ImageDataViewType RequireImage(DataViewSchema.Column column) =>
        column.Type as ImageDataViewType ?? throw Mismatch(column.Name, "Image", column.Type);

    public static void RequireText(DataViewSchema.Column column)
    {
        if (column.Type is not TextDataViewType) throw Mismatch(column.Name, "Text", column.Type);
    }

    public static ArgumentOutOfRangeException Mismatch(string column, string expected, object found) =>
        new("inputSchema", $"Schema mismatch for input column '{column}': expected {expected}, got {found}.");

    /// <summary>Whether every image of the column has the same size.</summary>
    public static bool HasSize(ImageDataViewType image) => image.Height > 0 && image.Width > 0;

    /// <summary>One item a pixel: of dimensions (H, W) where the images' size is known, else of variable length.</summary>
    public static VectorDataViewType PerPixel(PrimitiveDataViewType item, ImageDataViewType image) =>
        HasSize(image) ? new VectorDataViewType(item, image.Height, image.Width) : new VectorDataViewType(item);

    /// <summary>A mask column: one key a pixel, 0 for no class and k + 1 for class k; the annotation KeyValues holds the class names.</summary>
    public static OutputColumn Mask(string name, IReadOnlyList<string> classNames, ImageDataViewType image) =>
        new(name, PerPixel(new KeyDataViewType(typeof(uint), classNames.Count), image), KeyValues(classNames));

    /// <summary>The annotation with the name of each key value.</summary>
    public static DataViewSchema.Annotations KeyValues(IReadOnlyList<string> names) => Names(ColumnShapes.KeyValues, names);

    /// <summary>The annotation with the name of each place of a vector.</summary>
    public static DataViewSchema.Annotations SlotNames(IReadOnlyList<string> names) => Names(ColumnShapes.SlotNames, names);

    /// <summary>Gives a vector its values, reusing its memory where it can.</summary>
    public static void Copy<T>(ReadOnlySpan<T> values, ref VBuffer<T> destination)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, values.Length);
        values.CopyTo(editor.Values);
        destination = editor.Commit();
    }

    private static DataViewSchema.Annotations Names(string annotation, IReadOnlyList<string> names)
    {
        ReadOnlyMemory<char>[] values = [.. names.Select(name => name.AsMemory())];
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(
            annotation,
            new VectorDataViewType(TextDataViewType.Instance, values.Length),
            (ref VBuffer<ReadOnlyMemory<char>> destination) => Copy(values, ref destination));
        return annotations.ToAnnotations();
    }
}
