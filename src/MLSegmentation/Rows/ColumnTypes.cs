using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>Finds and makes column types, with errors like ML.NET's own.</summary>
internal static class ColumnTypes
{
    public const string KeyValuesName = "KeyValues";
    private const string SlotNamesName = "SlotNames";

    /// <summary>Stands for the names of classes where none is known yet.</summary>
    public static IReadOnlyList<string> UnknownNames { get; } = [""];

    /// <summary>The column of that name.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The name.</param>
    /// <param name="parameter">
    /// The parameter of the public method that was called which the column was sought in, or which named it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">It is missing.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string parameter = "input") =>
        schema.GetColumnOrNull(name) ?? throw Missing(name, schema.Select(column => column.Name), parameter);

    public static ArgumentOutOfRangeException Missing(string name, IEnumerable<string> columns, string parameter) =>
        new(parameter, $"Could not find input column '{name}'. The columns are: {string.Join(", ", columns)}.");

    public static ImageDataViewType RequireImage(DataViewSchema.Column column) =>
        column.Type as ImageDataViewType ?? throw Mismatch(column.Name, "Image", column.Type);

    public static ArgumentOutOfRangeException Mismatch(
        string column, string expected, object found, string parameter = "input") =>
        new(parameter, $"Schema mismatch for input column '{column}': expected {expected}, got {found}.");

    /// <summary>Whether every image of the column has the same size.</summary>
    public static bool HasSize(ImageDataViewType image) => image.Height > 0 && image.Width > 0;

    /// <summary>One item a pixel: of dimensions (H, W) where the images' size is known, else of variable length.</summary>
    public static VectorDataViewType PerPixel(PrimitiveDataViewType item, ImageDataViewType image) =>
        HasSize(image) ? new VectorDataViewType(item, image.Height, image.Width) : new VectorDataViewType(item);

    /// <summary>A key whose value k + 1 is class k, and 0 none.</summary>
    public static KeyDataViewType Key(IReadOnlyList<string> classNames) => new(typeof(uint), classNames.Count);

    /// <summary>The numbers that a key is made of.</summary>
    public static PrimitiveDataViewType NumberOf(KeyDataViewType key) =>
        key.RawType == typeof(byte) ? NumberDataViewType.Byte
        : key.RawType == typeof(ushort) ? NumberDataViewType.UInt16
        : key.RawType == typeof(uint) ? NumberDataViewType.UInt32 : NumberDataViewType.UInt64;

    /// <summary>The annotation with the name of each key value.</summary>
    public static DataViewSchema.Annotations KeyValues(IReadOnlyList<string> names) => Names(KeyValuesName, names);

    /// <summary>The annotation with the name of each place of a vector.</summary>
    public static DataViewSchema.Annotations SlotNames(IReadOnlyList<string> names) => Names(SlotNamesName, names);

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
