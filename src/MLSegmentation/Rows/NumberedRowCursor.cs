using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>A cursor over rows that are read by their numbers, from 0 on.</summary>
/// <param name="schema">The columns.</param>
/// <param name="columnsNeeded">Those that are read.</param>
internal abstract class NumberedRowCursor(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columnsNeeded)
    : DataViewRowCursor
{
    private readonly HashSet<int> _active = [.. columnsNeeded.Select(column => column.Index)];
    private int _next;
    private int _position = -1;

    public override DataViewSchema Schema => schema;

    public override long Position => _position;

    public override long Batch => 0;

    /// <summary>The number of the row that the cursor is on.</summary>
    /// <exception cref="InvalidOperationException">It is on none.</exception>
    protected int Row =>
        _position >= 0 ? _position : throw new InvalidOperationException("The cursor is not on a row: call MoveNext first.");

    public override bool MoveNext()
    {
        bool isRow = HasRow(_next);
        _position = isRow ? _next++ : -1;
        return isRow;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw new InvalidOperationException(
                $"Column '{column.Name}' is not active: name it among the columns needed when the cursor is made.");
        }
        Delegate getter = GetterOf(column.Index);
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' has values of type {getter.GetType().GenericTypeArguments[0]}, the getter asked for is "
            + $"for {typeof(TValue)}.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() =>
        (ref DataViewRowId id) => id = new DataViewRowId((ulong)Row, 0);

    /// <summary>Goes to a row, the one behind that before; false where there is none.</summary>
    protected abstract bool HasRow(int number);

    /// <summary>What gives a column's value in the row that the cursor is on.</summary>
    protected abstract Delegate GetterOf(int column);
}
