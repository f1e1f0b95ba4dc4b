using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// A transformer that adds columns computed from others, row by row and only when asked: rows stay in place, other columns pass through, a
/// column that nobody reads costs nothing. Saved and loaded with <c>mlContext.Model</c> like any of ML.NET's own.
/// </summary>
public abstract partial class RowTransformer : ITransformer
{
    /// <summary>Who may have disposed of a transformer's model, as its error says.</summary>
    private protected const string OwnershipAdvice =
        " A PredictionEngine disposes of its transformer with itself: make it with new PredictionEngineOptions { OwnsTransformer = false } where the "
        + "transformer is used elsewhere too, and dispose of the transformer last.";

    private protected RowTransformer(params IReadOnlyList<string> inputColumnNames) => InputColumnNames = inputColumnNames;

    bool ITransformer.IsRowToRowMapper => IsRowToRowMapper;

    /// <summary>Whether every row of the input is a row of the output.</summary>
    private protected virtual bool IsRowToRowMapper => true;

    /// <summary>The names of the columns that are read.</summary>
    internal IReadOnlyList<string> InputColumnNames { get; }

    /// <summary>Whether rows may be without the input columns; then <see cref="DescribeOutputs"/> and <see cref="CreateGetters"/> are given none.</summary>
    private protected virtual bool AreInputsOptional => false;

    /// <summary>The columns that are read, in the order of <see cref="InputColumnNames"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is missing.</exception>
    internal IReadOnlyList<DataViewSchema.Column> FindInputs(DataViewSchema schema) =>
        AreInputsOptional && InputColumnNames.All(name => schema.GetColumnOrNull(name) is null)
            ? []
            : [.. InputColumnNames.Select(name => ColumnTypes.Find(schema, name))];

    /// <summary>The schema after the transformation: every column of the input, then the added ones.</summary>
    /// <param name="inputSchema">The schema of the data to transform.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or has another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new ColumnBinding(this, inputSchema).OutputSchema;

    /// <summary>The data with the added columns; nothing is computed before its rows are read.</summary>
    /// <param name="input">The data to transform.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or has another type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Apply(input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => IsRowToRowMapper
        ? new RowMapper(new ColumnBinding(this, inputSchema))
        : throw new InvalidOperationException("Rows with bad images are to be left out, which can be done of data but not of single rows. Use another BadImagePolicy.");

    private protected virtual IDataView Apply(IDataView input) => new TransformedDataView(input, new ColumnBinding(this, input.Schema));

    /// <summary>What a zip keeps of the transformer.</summary>
    internal abstract TransformerState GetState();

    /// <summary>Checks the types of the input columns, in the order of <see cref="InputColumnNames"/>, and describes the columns to add.</summary>
    internal abstract IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<DataViewSchema.Column> inputs);

    /// <summary>
    /// Makes the getters of one row or cursor, one for each output column, null where <paramref name="active"/> is false. What several
    /// of them need is computed once a row (<see cref="RowValue{T}"/>).
    /// </summary>
    internal abstract Delegate?[] CreateGetters(DataViewRow row, IReadOnlyList<DataViewSchema.Column> inputs, IReadOnlyList<bool> active);
}
