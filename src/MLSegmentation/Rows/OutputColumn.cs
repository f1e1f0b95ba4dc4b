using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>A column that a transformer adds: its name and type, and how a row's value is had.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">Its type; before there is data or a model, one that has the same <see cref="Shape"/>.</param>
/// <param name="CreateGetter">Makes the column's getter of what gives the values that are computed of the current row.</param>
/// <param name="Annotations">Its annotations; null for none.</param>
internal sealed record OutputColumn(
    string Name, DataViewType Type, Func<Func<object>, Delegate> CreateGetter, DataViewSchema.Annotations? Annotations = null)
{
    /// <summary>What an estimator promises of the column.</summary>
    public SchemaShape.Column Shape { get; init; } = ColumnShapes.Of(Name, Type, Annotations?.Schema);
}
