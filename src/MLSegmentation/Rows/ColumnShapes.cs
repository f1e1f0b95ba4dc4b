using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Kind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace MLSegmentation;

/// <summary>Column shapes: what an estimator promises of columns before there is data.</summary>
internal static class ColumnShapes
{
    public const string KeyValues = "KeyValues";
    public const string SlotNames = "SlotNames";

    private static SchemaShape NoAnnotations { get; } = new([]);

    public static ImageDataViewType RequireImage(SchemaShape schema, string name)
    {
        SchemaShape.Column column = Find(schema, name);
        return column.Kind == Kind.Scalar && column.ItemType is ImageDataViewType image
            ? image
            : throw ColumnTypes.Mismatch(name, "Image", column.GetTypeString());
    }

    /// <summary>The images of a column, or those of files that it names, which have any size.</summary>
    public static ImageDataViewType RequireImageOrText(SchemaShape schema, string name)
    {
        SchemaShape.Column column = Find(schema, name);
        return column.Kind == Kind.Scalar && column.ItemType is TextDataViewType ? new ImageDataViewType() : RequireImage(schema, name);
    }

    public static void RequireText(SchemaShape schema, string name)
    {
        SchemaShape.Column column = Find(schema, name);
        if (column.Kind != Kind.Scalar || column.ItemType is not TextDataViewType)
            throw ColumnTypes.Mismatch(name, "Text", column.GetTypeString());
    }

    public static SchemaShape.Column Scalar(string name, DataViewType type, SchemaShape? annotations = null) =>
        Create(name, Kind.Scalar, type, false, annotations ?? NoAnnotations);

    public static SchemaShape.Column Vector(string name, DataViewType item, bool known = true) =>
        Create(name, known ? Kind.Vector : Kind.VariableVector, item, false, NoAnnotations);

    public static SchemaShape.Column PerPixel(string name, DataViewType item, ImageDataViewType image) =>
        Vector(name, item, ColumnTypes.HasSize(image));

    public static SchemaShape.Column Mask(string name, ImageDataViewType image)
    {
        Kind kind = ColumnTypes.HasSize(image) ? Kind.Vector : Kind.VariableVector;
        return Create(name, kind, NumberDataViewType.UInt32, true, Names(KeyValues));
    }

    /// <summary>One key with its values' names.</summary>
    public static SchemaShape.Column Key(string name) => Create(name, Kind.Scalar, NumberDataViewType.UInt32, true, Names(KeyValues));

    /// <summary>A vector of known size with a name for each of its places.</summary>
    public static SchemaShape.Column NamedVector(string name, DataViewType item) => Create(name, Kind.Vector, item, false, Names(SlotNames));

    /// <summary>A column like another, annotations included, under a name of its own.</summary>
    public static SchemaShape.Column Copy(string name, SchemaShape.Column column) =>
        Create(name, column.Kind, column.ItemType, column.IsKey, column.Annotations);

    /// <summary>The schema with columns added, or replaced where the name is taken.</summary>
    public static SchemaShape With(SchemaShape schema, params IEnumerable<SchemaShape.Column> added)
    {
        var columns = schema.ToDictionary(column => column.Name);
        foreach (SchemaShape.Column column in added) columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    public static SchemaShape.Column Find(SchemaShape schema, string name)
    {
        ArgumentNullException.ThrowIfNull(schema);
        foreach (SchemaShape.Column column in schema)
        {
            if (column.Name == name) return column;
        }
        throw new ArgumentOutOfRangeException(
            "inputSchema", $"Could not find input column '{name}'. The columns are: {string.Join(", ", schema.Select(column => column.Name))}.");
    }

    public static string GetTypeString(this SchemaShape.Column column) =>
        $"{(column.Kind == Kind.Scalar ? "" : column.Kind + " of ")}{(column.IsKey ? "Key of " : "")}{column.ItemType}";

    private static SchemaShape Names(string annotation) => new([Vector(annotation, TextDataViewType.Instance)]);

    // ML.NET keeps the constructor internal; its parameters are all public types.
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SchemaShape.Column Create(string name, Kind kind, DataViewType itemType, bool isKey, SchemaShape annotations);
}
