using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>The images of an idx file as rows, read from the file as the rows are, one at a time.</summary>
internal sealed class IdxDataView : IDataView
{
    private readonly IdxImageFile _file;
    private readonly byte[]? _labels;

    public IdxDataView(IdxImageFile file, byte[]? labels)
    {
        _file = file;
        _labels = labels;
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Image", new ImageDataViewType(file.Height, file.Width));
        if (labels is not null)
        {
            string[] names = [.. Enumerable.Range(0, labels.Append((byte)0).Max() + 1).Select(label => $"{label}")];
            schema.AddColumn("Label", new KeyDataViewType(typeof(uint), names.Length), ColumnTypes.KeyValues(names));
        }
        Schema = schema.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _file.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(IdxDataView view, HashSet<int> active) : DataViewRowCursor
    {
        // Without the image the file is not read at all.
        private readonly IEnumerator<byte[]>? _pixels = active.Contains(0) ? view._file.ReadPixels().GetEnumerator() : null;
        private int _next;
        private int _position = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            // Asked beyond the last image too: there the enumerator checks the end of the file.
            bool isRow = _pixels is null ? _next < view._file.Count : _pixels.MoveNext();
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
            Delegate getter = column.Index == 0 ? (ValueGetter<MLImage>)GetImage : (ValueGetter<uint>)GetLabel;
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
                $"Column '{column.Name}' has values of type {getter.GetType().GenericTypeArguments[0]}, the getter asked for is "
                + $"for {typeof(TValue)}.");
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId id) => id = new DataViewRowId((ulong)RequireRow(), 0);

        protected override void Dispose(bool disposing)
        {
            if (disposing) _pixels?.Dispose();
            base.Dispose(disposing);
        }

        private void GetImage(ref MLImage image)
        {
            MLImage read = view._file.ToImage(_pixels!.Current, RequireRow());
            image?.Dispose();
            image = read;
        }

        private void GetLabel(ref uint label) => label = view._labels![RequireRow()] + 1u;

        private int RequireRow() =>
            _position >= 0 ? _position : throw new InvalidOperationException("The cursor is not on a row: call MoveNext first.");
    }
}
