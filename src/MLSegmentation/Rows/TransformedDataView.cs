using Microsoft.ML;

namespace MLSegmentation;

/// <summary>Data with columns added by a transformer, computed as the rows are read.</summary>
internal sealed class TransformedDataView(IDataView source, ColumnBinding binding) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => binding.OutputSchema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return new TransformedCursor(binding, source.GetRowCursor(binding.Dependencies(needed), rand), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return [.. source.GetRowCursorSet(binding.Dependencies(needed), n, rand).Select(cursor => new TransformedCursor(binding, cursor, needed))];
    }
}
