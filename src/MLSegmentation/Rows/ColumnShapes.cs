using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Kind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace MLSegmentation;

/// <summary>Column shapes: what an estimator promises of columns before there is data.</summary>
internal static class ColumnShapes
{
    private static SchemaShape NoAnnotations { get; } = new([]);

    public static ImageDataViewType RequireImage(SchemaShape inputSchema, string name) =>
        InputColumn.Find(inputSchema, [name])[0].RequireImage();

    /// <summary>The shape of a column of data.</summary>
    public static SchemaShape.Column Of(DataViewSchema.Column column) => Of(column.Name, column.Type, column.Annotations.Schema);

    /// <summary>The shape of a column of that type, with such annotations.</summary>
    public static SchemaShape.Column Of(string name, DataViewType type, DataViewSchema? annotations)
    {
        var vector = type as VectorDataViewType;
        DataViewType item = vector?.ItemType ?? type;
        var key = item as KeyDataViewType;
        return Create(
            name,
            vector is null ? Kind.Scalar : vector.IsKnownSize ? Kind.Vector : Kind.VariableVector,
            key is null ? item : ColumnTypes.NumberOf(key),
            key is not null,
            annotations is null ? NoAnnotations : new SchemaShape(annotations.Select(one => Of(one.Name, one.Type, null))));
    }

    /// <summary>A column like another, annotations included, under a name of its own.</summary>
    public static SchemaShape.Column Copy(string name, SchemaShape.Column column) =>
        Create(name, column.Kind, column.ItemType, column.IsKey, column.Annotations);

    /// <summary>The schema with columns added, or replaced where the name is taken.</summary>
    public static SchemaShape With(SchemaShape schema, IEnumerable<OutputColumn> added)
    {
        var columns = schema.ToDictionary(column => column.Name);
        foreach (OutputColumn column in added) columns[column.Name] = column.Shape;
        return new SchemaShape(columns.Values);
    }

    public static SchemaShape.Column Find(SchemaShape inputSchema, string name)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (SchemaShape.Column column in inputSchema)
        {
            if (column.Name == name) return column;
        }
        throw ColumnTypes.Missing(name, inputSchema.Select(column => column.Name), nameof(inputSchema));
    }

    public static string GetTypeString(this SchemaShape.Column column) =>
        $"{(column.Kind == Kind.Scalar ? "" : column.Kind + " of ")}{(column.IsKey ? "Key of " : "")}{column.ItemType}";

    // ML.NET keeps the constructor internal; its parameters are all public types.
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SchemaShape.Column Create(
        string name, Kind kind, DataViewType itemType, bool isKey, SchemaShape annotations);
}
