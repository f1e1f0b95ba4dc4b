using Microsoft.ML;

namespace MLSegmentation;

/// <summary>A <see cref="RowTransformer"/> that reads one column.</summary>
public abstract class RowToRowTransformer : RowTransformer
{
    private protected RowToRowTransformer(string inputColumnName)
        : base(inputColumnName) => InputColumnName = inputColumnName;

    /// <summary>The name of the column that is read.</summary>
    public string InputColumnName { get; }

    internal sealed override IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<DataViewSchema.Column> inputs) => DescribeOutputs(inputs[0]);

    internal sealed override Delegate?[] CreateGetters(DataViewRow row, IReadOnlyList<DataViewSchema.Column> inputs, IReadOnlyList<bool> active) =>
        CreateGetters(row, inputs[0], active);

    /// <inheritdoc cref="RowTransformer.DescribeOutputs"/>
    internal abstract IReadOnlyList<OutputColumn> DescribeOutputs(DataViewSchema.Column input);

    /// <inheritdoc cref="RowTransformer.CreateGetters"/>
    internal abstract Delegate?[] CreateGetters(DataViewRow row, DataViewSchema.Column input, IReadOnlyList<bool> active);
}
