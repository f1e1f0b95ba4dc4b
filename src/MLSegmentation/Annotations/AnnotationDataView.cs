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
    private readonly bool _ignoresUnlabelled;

    public AnnotationDataView(IAnnotationReader reader, bool ignoresUnlabelled)
    {
        (_reader, _ignoresUnlabelled) = (reader, ignoresUnlabelled);
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
        new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(AnnotationDataView view, IEnumerable<DataViewSchema.Column> columnsNeeded)
        : NumberedRowCursor(view.Schema, columnsNeeded)
    {
        private AnnotatedImage Image => view._reader.Images[Row];

        protected override bool HasRow(int number) => number < view._reader.Images.Count;

        protected override Delegate GetterOf(int column) => column switch
        {
            0 => (ValueGetter<ReadOnlyMemory<char>>)GetName,
            1 => (ValueGetter<ReadOnlyMemory<char>>)GetPath,
            _ => (ValueGetter<VBuffer<uint>>)GetMask,
        };

        private void GetName(ref ReadOnlyMemory<char> name) => name = Image.Name.AsMemory();

        private void GetPath(ref ReadOnlyMemory<char> path) => path = Image.Path.AsMemory();

        private void GetMask(ref VBuffer<uint> mask) =>
            ColumnTypes.Copy(AnnotationMasks.Paint(view._reader, Image, view._ignoresUnlabelled).Keys, ref mask);
    }
}
