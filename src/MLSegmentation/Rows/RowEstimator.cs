using Microsoft.ML;

namespace MLSegmentation;

/// <summary>
/// The estimator of a <see cref="RowTransformer"/>. There is nothing to learn: fitting only checks the input columns. Made by the
/// methods of <c>mlContext.Transforms</c>.
/// </summary>
/// <typeparam name="TTransformer">The transformer that it makes.</typeparam>
public abstract class RowEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : RowTransformer
{
    private readonly IReadOnlyList<string> _inputColumnNames;
    private readonly Func<IReadOnlyList<InputColumn>, IReadOnlyList<OutputColumn>> _describeOutputs;
    private readonly Func<TTransformer> _create;

    private protected RowEstimator(TTransformer transformer)
        : this(transformer.InputColumnNames, transformer.DescribeOutputs, () => transformer)
    {
    }

    private protected RowEstimator(
        IReadOnlyList<string> inputColumnNames, Func<IReadOnlyList<InputColumn>, IReadOnlyList<OutputColumn>> describeOutputs,
        Func<TTransformer> create) =>
            (_inputColumnNames, _describeOutputs, _create) = (inputColumnNames, describeOutputs, create);

    /// <summary>Gives the transformer; the data is not read.</summary>
    /// <param name="input">Data with the input columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An input column is missing or has another type, or an option does not fit what the columns hold.
    /// </exception>
    /// <exception cref="FileNotFoundException">The transformer runs a model, whose file is gone.</exception>
    /// <exception cref="InvalidDataException">The model's file has another content than when the estimator was made.</exception>
    /// <exception cref="InvalidOperationException">What the model is to run on cannot be used.</exception>
    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _describeOutputs(InputColumn.Find(input.Schema, _inputColumnNames, nameof(input)));
        return _create();
    }

    /// <summary>The columns after the transformation.</summary>
    /// <param name="inputSchema">The columns before it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or has another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return ColumnShapes.With(inputSchema, _describeOutputs(InputColumn.Find(inputSchema, _inputColumnNames)));
    }
}
