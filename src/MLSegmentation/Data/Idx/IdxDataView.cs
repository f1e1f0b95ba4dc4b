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
        new Cursor(this, [.. columnsNeeded]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(IdxDataView view, DataViewSchema.Column[] columnsNeeded)
        : NumberedRowCursor(view.Schema, columnsNeeded)
    {
        // Without the image the file is not read at all.
        private readonly IEnumerator<byte[]>? _pixels =
            columnsNeeded.Any(column => column.Index == 0) ? view._file.ReadPixels().GetEnumerator() : null;

        // Asked beyond the last image too: there the enumerator checks the end of the file.
        protected override bool HasRow(int number) => _pixels is null ? number < view._file.Count : _pixels.MoveNext();

        protected override Delegate GetterOf(int column) =>
            column == 0 ? (ValueGetter<MLImage>)GetImage : (ValueGetter<uint>)GetLabel;

        protected override void Dispose(bool disposing)
        {
            if (disposing) _pixels?.Dispose();
            base.Dispose(disposing);
        }

        private void GetImage(ref MLImage image)
        {
            MLImage read = view._file.ToImage(_pixels!.Current, Row);
            image?.Dispose();
            image = read;
        }

        private void GetLabel(ref uint label) => label = view._labels![Row] + 1u;
    }
}
