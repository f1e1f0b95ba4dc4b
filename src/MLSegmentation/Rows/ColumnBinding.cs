using Microsoft.ML;

namespace MLSegmentation;

/// <summary>A transformer bound to an input schema: which column of the output is passed through, which one is added.</summary>
internal sealed class ColumnBinding
{
    private readonly IReadOnlyList<OutputColumn> _added;

    /// <param name="transformer">The transformer.</param>
    /// <param name="inputSchema">The schema of the data that it transforms.</param>
    /// <param name="parameter">What the public method that was called calls the data or its schema.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or has another type.</exception>
    public ColumnBinding(RowTransformer transformer, DataViewSchema inputSchema, string parameter)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Transformer = transformer;
        Inputs = transformer.FindInputs(inputSchema, parameter);
        InputSchema = inputSchema;
        _added = transformer.DescribeOutputs(Inputs);
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(inputSchema);
        foreach (OutputColumn column in _added) schema.AddColumn(column.Name, column.Type, column.Annotations);
        OutputSchema = schema.ToSchema();
    }

    public RowTransformer Transformer { get; }

    /// <summary>The columns that the transformer reads.</summary>
    public IReadOnlyList<InputColumn> Inputs { get; }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>The input's columns that must be active for <paramref name="needed"/> columns of the output.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> needed)
    {
        var indices = new SortedSet<int>();
        foreach (DataViewSchema.Column column in needed)
        {
            Check(column);
            indices.UnionWith(column.Index < InputSchema.Count ? [column.Index] : Inputs.Select(input => input.Data.Index));
        }
        return indices.Select(index => InputSchema[index]);
    }

    /// <summary>Whether one of the <paramref name="needed"/> columns is added.</summary>
    public bool AddsAny(IEnumerable<DataViewSchema.Column> needed) => needed.Any(column => column.Index >= InputSchema.Count);

    /// <summary>
    /// What is computed of one row or cursor over the input for the added columns among <paramref name="needed"/>.
    /// </summary>
    public RowOutputs Open(DataViewRow input, IEnumerable<DataViewSchema.Column> needed)
    {
        HashSet<int> added = [];
        foreach (DataViewSchema.Column column in needed)
        {
            Check(column);
            if (column.Index >= InputSchema.Count) added.Add(column.Index - InputSchema.Count);
        }
        if (added.Count == 0) return new RowOutputs(new ActiveColumns(this, input, new Delegate?[_added.Count]), () => null);
        Func<object> row = Transformer.OpenRow(input, Inputs, added.Select(index => _added[index].Name).ToHashSet());
        Delegate?[] getters = [.. _added.Select((column, index) => added.Contains(index) ? column.CreateGetter(row) : null)];
        return new RowOutputs(new ActiveColumns(this, input, getters), () => Transformer.ComputeAhead(row));
    }

    public void Check(DataViewSchema.Column column)
    {
        if (column.Index >= OutputSchema.Count || OutputSchema[column.Index].Name != column.Name)
        {
            throw new ArgumentOutOfRangeException(
                nameof(column), $"Column '{column.Name}' ({column.Index}) is not of this data's schema.");
        }
    }
}
