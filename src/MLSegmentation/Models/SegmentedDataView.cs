using Microsoft.ML;

namespace MLSegmentation;

/// <summary>Data with the columns of a <see cref="SegmentImageTransformer"/>, scored a few rows ahead of whoever reads it.</summary>
internal sealed class SegmentedDataView(SegmentImageTransformer transformer, IDataView source) : IDataView
{
    // One row with the reader, and those being scored.
    private const int Slots = 1 + Concurrency.ImagesAtOnce;
    private readonly ColumnBinding _binding = new(transformer, source.Schema);

    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => _binding.OutputSchema;

    public long? GetRowCount() => transformer.Options.BadImagePolicy == BadImagePolicy.Skip ? null : source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = Needed(columnsNeeded);
        return Open(source.GetRowCursor(_binding.Dependencies(needed), rand), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] needed = Needed(columnsNeeded);
        return [.. source.GetRowCursorSet(_binding.Dependencies(needed), n, rand).Select(cursor => Open(cursor, needed))];
    }

    /// <summary>Rows can only be left out by those who look at their images.</summary>
    private DataViewSchema.Column[] Needed(IEnumerable<DataViewSchema.Column> columns) =>
        transformer.Options.BadImagePolicy == BadImagePolicy.Skip ? [.. columns, Schema[source.Schema.Count]] : [.. columns];

    private DataViewRowCursor Open(DataViewRowCursor cursor, DataViewSchema.Column[] needed)
    {
        bool[] active = _binding.ActiveAmong(needed);
        return active.Contains(true)
            ? new ReadAheadCursor(_binding, cursor, row => transformer.Open(row, _binding.Inputs[0], active), Slots)
            : new TransformedCursor(_binding, cursor, needed);
    }
}
