using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>
/// Annotated images as rows: the columns Name, ImagePath and Label, a mask that is painted when a row's is asked for.
/// </summary>
internal sealed class AnnotationDataView : IDataView
{
    private readonly IAnnotationReader _reader;

    public AnnotationDataView(IAnnotationReader reader)
    {
        _reader = reader;
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Name", TextDataViewType.Instance);
        schema.AddColumn("ImagePath", TextDataViewType.Instance);
        schema.AddColumn(
            "Label", ColumnTypes.PerPixel(ColumnTypes.Key(reader.ClassNames), new ImageDataViewType()),
            ColumnTypes.KeyValues(reader.ClassNames));
        Schema = schema.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _reader.Images.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(AnnotationDataView view, HashSet<int> active) : DataViewRowCursor
    {
        private int _next;
        private int _position = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            bool isRow = _next < view._reader.Images.Count;
            _position = isRow ? _next++ : -1;
            return isRow;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!IsColumnActive(column))
            {
                throw new InvalidOperationException(
                    $"Column '{column.Name}' is not active: name it among the columns needed when the cursor is made.");
            }
            Delegate getter = column.Index switch
            {
                0 => (ValueGetter<ReadOnlyMemory<char>>)GetName,
                1 => (ValueGetter<ReadOnlyMemory<char>>)GetPath,
                _ => (ValueGetter<VBuffer<uint>>)GetMask,
            };
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
                $"Column '{column.Name}' has values of type {getter.GetType().GenericTypeArguments[0]}, the getter asked for is "
                + $"for {typeof(TValue)}.");
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId id) => id = new DataViewRowId((ulong)RequireRow(), 0);

        private void GetName(ref ReadOnlyMemory<char> name) => name = view._reader.Images[RequireRow()].Name.AsMemory();

        private void GetPath(ref ReadOnlyMemory<char> path) => path = view._reader.Images[RequireRow()].Path.AsMemory();

        private void GetMask(ref VBuffer<uint> mask) =>
            ColumnTypes.Copy(AnnotationMasks.Paint(view._reader, view._reader.Images[RequireRow()]).Keys, ref mask);

        private int RequireRow() =>
            _position >= 0 ? _position : throw new InvalidOperationException("The cursor is not on a row: call MoveNext first.");
    }
}
