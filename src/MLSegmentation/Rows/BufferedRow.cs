using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>A row of a cursor that was read ahead: the values of the columns that are active in it.</summary>
internal sealed class BufferedRow : DataViewRow
{
    private readonly DataViewRowCursor _source;
    private readonly BufferedColumn?[] _columns;
    private readonly ValueGetter<DataViewRowId> _getId;
    private long _position = -1;
    private long _batch;
    private DataViewRowId _id;

    public BufferedRow(DataViewRowCursor source)
    {
        _source = source;
        _columns =
            [.. source.Schema.Select(column => source.IsColumnActive(column) ? BufferedColumn.Create(source, column) : null)];
        _getId = source.GetIdGetter();
    }

    public override DataViewSchema Schema => _source.Schema;

    public override long Position => _position;

    public override long Batch => _batch;

    /// <summary>Takes the cursor's row.</summary>
    public void Read()
    {
        (_position, _batch) = (_source.Position, _source.Batch);
        _getId(ref _id);
        foreach (BufferedColumn? column in _columns) column?.Read();
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns[column.Index] is not null;

    /// <summary>A getter that lends the value until the row is read anew.</summary>
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Find<TValue>(column).Lend;

    /// <summary>A getter of values to keep.</summary>
    public ValueGetter<TValue> GetCopyGetter<TValue>(DataViewSchema.Column column) => Find<TValue>(column).Copy;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _id;

    private BufferedColumn<TValue> Find<TValue>(DataViewSchema.Column column)
    {
        BufferedColumn buffered = _columns[column.Index]
            ?? throw new InvalidOperationException(
                $"Column '{column.Name}' is not active: name it among the columns needed when the cursor is made.");
        return buffered as BufferedColumn<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' has values of type {column.Type.RawType}, the getter asked for is for {typeof(TValue)}.");
    }
}
