using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>A cursor over an input's rows with columns added by a transformer, computed when they are asked for.</summary>
internal sealed class TransformedCursor(ColumnBinding binding, DataViewRowCursor input, DataViewSchema.Column[] needed)
    : DataViewRowCursor
{
    private readonly ActiveColumns _columns = binding.Open(input, needed).Columns;

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
