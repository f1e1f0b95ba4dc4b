using Microsoft.ML;

namespace MLSegmentation;

/// <summary>A transformer bound to an input schema: which column of the output is passed through, which one is added.</summary>
internal sealed class ColumnBinding
{
    private readonly RowTransformer _transformer;
    private readonly int _added;

    public ColumnBinding(RowTransformer transformer, DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _transformer = transformer;
        Inputs = transformer.FindInputs(inputSchema);
        InputSchema = inputSchema;
        IReadOnlyList<OutputColumn> outputs = transformer.DescribeOutputs(Inputs);
        _added = outputs.Count;
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(inputSchema);
        foreach (OutputColumn column in outputs) schema.AddColumn(column.Name, column.Type, column.Annotations);
        OutputSchema = schema.ToSchema();
    }

    /// <summary>The columns that the transformer reads.</summary>
    public IReadOnlyList<DataViewSchema.Column> Inputs { get; }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>The input's columns that must be active for <paramref name="needed"/> columns of the output.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> needed)
    {
        var indices = new SortedSet<int>();
        foreach (DataViewSchema.Column column in needed)
        {
            Check(column);
            indices.UnionWith(column.Index < InputSchema.Count ? [column.Index] : Inputs.Select(input => input.Index));
        }
        return indices.Select(index => InputSchema[index]);
    }

    /// <summary>The getters of the added columns among <paramref name="needed"/>, for one row or cursor over the input.</summary>
    public ActiveColumns Open(DataViewRow input, IEnumerable<DataViewSchema.Column> needed)
    {
        bool[] active = ActiveAmong(needed);
        Delegate?[] getters = active.Contains(true) ? _transformer.CreateGetters(input, Inputs, active) : new Delegate?[_added];
        return new ActiveColumns(this, input, getters);
    }

    /// <summary>Which of the added columns are among <paramref name="needed"/>.</summary>
    public bool[] ActiveAmong(IEnumerable<DataViewSchema.Column> needed)
    {
        var active = new bool[_added];
        foreach (DataViewSchema.Column column in needed)
        {
            Check(column);
            if (column.Index >= InputSchema.Count) active[column.Index - InputSchema.Count] = true;
        }
        return active;
    }

    public void Check(DataViewSchema.Column column)
    {
        if (column.Index >= OutputSchema.Count || OutputSchema[column.Index].Name != column.Name)
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' ({column.Index}) is not of this data's schema.");
    }
}
