using Microsoft.ML;

namespace MLSegmentation;

/// <summary>Data with columns added by a transformer, computed as the rows are read or a few rows ahead.</summary>
internal sealed class TransformedDataView(IDataView source, ColumnBinding binding) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => binding.OutputSchema;

    public long? GetRowCount() => binding.Transformer.SkipsRows ? null : source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = Needed(columnsNeeded);
        return Open(source.GetRowCursor(binding.Dependencies(needed), rand), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] needed = Needed(columnsNeeded);
        return [.. source.GetRowCursorSet(binding.Dependencies(needed), n, rand).Select(cursor => Open(cursor, needed))];
    }

    /// <summary>Rows can only be left out by those who look at what is computed of them.</summary>
    private DataViewSchema.Column[] Needed(IEnumerable<DataViewSchema.Column> columns) =>
        binding.Transformer.SkipsRows ? [.. columns, Schema[source.Schema.Count]] : [.. columns];

    private DataViewRowCursor Open(DataViewRowCursor cursor, DataViewSchema.Column[] needed) =>
        binding.Transformer.ReadsAhead && binding.AddsAny(needed)
            ? new ReadAheadCursor(binding, cursor, needed)
            : new TransformedCursor(binding, cursor, needed);
}
