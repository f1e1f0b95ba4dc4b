using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// A transformer that adds columns computed from others, row by row and only when asked. Rows stay in place, other columns pass
/// through, a column that nobody reads costs nothing. Saved and loaded with <c>mlContext.Model</c> like any of ML.NET's own.
/// </summary>
public abstract partial class RowTransformer : ITransformer
{
    private protected RowTransformer(params IReadOnlyList<string> inputColumnNames) => InputColumnNames = inputColumnNames;

    bool ITransformer.IsRowToRowMapper => !SkipsRows;

    /// <summary>The names of the columns that are read.</summary>
    internal IReadOnlyList<string> InputColumnNames { get; }

    /// <summary>Whether rows of the input may be left out.</summary>
    internal virtual bool SkipsRows => false;

    /// <summary>Whether rows are computed ahead of whoever reads them.</summary>
    internal virtual bool ReadsAhead => false;

    /// <summary>
    /// Whether rows may be without the input columns; then <see cref="DescribeOutputs"/> and <see cref="OpenRow"/> are given
    /// none.
    /// </summary>
    private protected virtual bool AreInputsOptional => false;

    /// <summary>The schema after the transformation: every column of the input, then the added ones.</summary>
    /// <param name="inputSchema">The schema of the data to transform.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or has another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) =>
        new ColumnBinding(this, inputSchema, nameof(inputSchema)).OutputSchema;

    /// <summary>The data with the added columns; nothing is computed before its rows are read.</summary>
    /// <param name="input">The data to transform.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or has another type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new TransformedDataView(input, new ColumnBinding(this, input.Schema, nameof(input)));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => SkipsRows
        ? throw new InvalidOperationException(
            "Rows with bad images are to be left out, which can be done of data but not of single rows. Use another "
            + "BadImagePolicy.")
        : new RowMapper(new ColumnBinding(this, inputSchema, nameof(inputSchema)));

    /// <summary>The columns that are read, in the order of <see cref="InputColumnNames"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is missing.</exception>
    internal IReadOnlyList<InputColumn> FindInputs(DataViewSchema schema, string parameter) =>
        AreInputsOptional && InputColumnNames.All(name => schema.GetColumnOrNull(name) is null)
            ? []
            : InputColumn.Find(schema, InputColumnNames, parameter);

    /// <summary>What a zip keeps of the transformer.</summary>
    internal abstract TransformerState GetState();

    /// <summary>
    /// Checks the types of the input columns, in the order of <see cref="InputColumnNames"/>, and describes the columns to add.
    /// </summary>
    internal abstract IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<InputColumn> inputs);

    /// <summary>
    /// Opens a row or cursor. What is returned computes, once a row, what the getters of all output columns hand out.
    /// </summary>
    /// <param name="row">The row or cursor.</param>
    /// <param name="inputs">Its columns that are read.</param>
    /// <param name="wanted">The names of the output columns that somebody reads.</param>
    internal abstract Func<object> OpenRow(DataViewRow row, IReadOnlyList<InputColumn> inputs, IReadOnlySet<string> wanted);

    /// <summary>Computes a row ahead, on any thread. A row that cannot be computed throws when its getters are called.</summary>
    /// <returns>Why the row is to be left out; null where it stays.</returns>
    internal virtual string? ComputeAhead(Func<object> row) => null;

    /// <summary>Says that a cursor left rows out.</summary>
    /// <param name="rows">How many; at least one.</param>
    /// <param name="first">Why the first of them.</param>
    internal virtual void ReportSkipped(long rows, string first)
    {
    }
}
