using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Kind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace MLSegmentation;

/// <summary>
/// A column that a transformer reads: one of data, or what an estimator is promised of one before there is data.
/// </summary>
internal sealed class InputColumn
{
    private readonly DataViewSchema.Column? _data;
    private readonly string _parameter;

    private InputColumn(SchemaShape.Column shape, DataViewSchema.Column? data, string parameter) =>
        (Shape, _data, _parameter) = (shape, data, parameter);

    public string Name => Shape.Name;

    /// <summary>What is known of the column in any case.</summary>
    public SchemaShape.Column Shape { get; }

    /// <summary>Whether there is data, and with it all of the column's type.</summary>
    public bool HasData => _data is not null;

    /// <summary>The column of the data.</summary>
    /// <exception cref="InvalidOperationException">There is none yet.</exception>
    public DataViewSchema.Column Data =>
        _data ?? throw new InvalidOperationException($"There is no data yet for column '{Name}'.");

    /// <summary>The columns of those names.</summary>
    /// <param name="schema">The schema of data.</param>
    /// <param name="names">The names.</param>
    /// <param name="parameter">What the public method that was called calls the data or its schema.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is missing.</exception>
    public static InputColumn[] Find(DataViewSchema schema, IEnumerable<string> names, string parameter) =>
        [.. names.Select(name => ColumnTypes.Find(schema, name, parameter))
            .Select(column => new InputColumn(ColumnShapes.Of(column), column, parameter))];

    /// <summary>The columns of those names, before there is data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is missing.</exception>
    public static InputColumn[] Find(SchemaShape inputSchema, IEnumerable<string> names) =>
        [.. names.Select(name => new InputColumn(ColumnShapes.Find(inputSchema, name), null, nameof(inputSchema)))];

    /// <summary>The type of the images that the column holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It holds none.</exception>
    public ImageDataViewType RequireImage() => Scalar as ImageDataViewType ?? throw Mismatch("Image");

    /// <summary>The type of the images that the column holds, or of those that its paths name, which have any size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It holds neither images nor text.</exception>
    public ImageDataViewType RequireImageOrPath() =>
        Scalar is TextDataViewType
            ? new ImageDataViewType()
            : Scalar as ImageDataViewType ?? throw Mismatch("Image or Text (paths)");

    /// <exception cref="ArgumentOutOfRangeException">The column holds no text.</exception>
    public void RequireText()
    {
        if (Scalar is not TextDataViewType) throw Mismatch("Text");
    }

    /// <summary>An error about the column's type, like ML.NET's own.</summary>
    public ArgumentOutOfRangeException Mismatch(string expected) => ColumnTypes.Mismatch(Name, expected, TypeText, _parameter);

    /// <summary>An error about the column.</summary>
    public ArgumentOutOfRangeException Unfit(string message) => new(_parameter, message);

    /// <summary>The column's type in words.</summary>
    public string TypeText => _data?.Type.ToString() ?? Shape.GetTypeString();

    private DataViewType? Scalar => Shape.Kind == Kind.Scalar && !Shape.IsKey ? Shape.ItemType : null;
}
