using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Transforms;

/// <summary>Data with columns added by a transformer, computed as the rows are read.</summary>
internal sealed class TransformedDataView(IDataView source, ColumnBinding binding) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => binding.OutputSchema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return new Cursor(binding, source.GetRowCursor(binding.Dependencies(needed), rand), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return [.. source.GetRowCursorSet(binding.Dependencies(needed), n, rand).Select(cursor => new Cursor(binding, cursor, needed))];
    }

    private sealed class Cursor(ColumnBinding binding, DataViewRowCursor input, DataViewSchema.Column[] needed) : DataViewRowCursor
    {
        private readonly ActiveColumns _columns = binding.Open(input, needed);

        public override DataViewSchema Schema => _columns.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool MoveNext() => input.MoveNext();

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
