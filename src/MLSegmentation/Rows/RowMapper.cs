using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>Adds a transformer's columns to single rows: what a PredictionEngine works with.</summary>
internal sealed class RowMapper(ColumnBinding binding) : IRowToRowMapper
{
    public DataViewSchema InputSchema => binding.InputSchema;

    public DataViewSchema OutputSchema => binding.OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        binding.Dependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!ReferenceEquals(input.Schema, InputSchema) && input.Schema.Count != InputSchema.Count)
        {
            throw new ArgumentException(
                $"The row has {input.Schema.Count} columns, the schema that this was made for "
                + $"has {InputSchema.Count}.", nameof(input));
        }
        return new Row(binding, input, activeColumns);
    }

    private sealed class Row(ColumnBinding binding, DataViewRow input, IEnumerable<DataViewSchema.Column> active) : DataViewRow
    {
        private readonly ActiveColumns _columns = binding.Open(input, active).Columns;

        public override DataViewSchema Schema => _columns.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing) input.Dispose();
            base.Dispose(disposing);
        }
    }
}
