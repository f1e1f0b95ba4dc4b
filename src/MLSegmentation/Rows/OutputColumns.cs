using System.Collections.ObjectModel;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>
/// The columns that a transformer adds, in their order. A column without a name is left out: nobody wants it. Estimators take
/// their shapes from this list, schemas their types, and cursors their getters.
/// </summary>
/// <typeparam name="TRow">What is computed of a row, once for all of its columns.</typeparam>
internal sealed class OutputColumns<TRow> : Collection<OutputColumn>
    where TRow : class
{
    /// <summary>A column of one value a row.</summary>
    public OutputColumns<TRow> Value<T>(
        string? name, DataViewType type, Func<TRow, T> read, DataViewSchema.Annotations? annotations = null) =>
        Column<T>(name, type, row => (ref T value) => value = read(row()), annotations);

    /// <summary>A column of vectors.</summary>
    public OutputColumns<TRow> Vector<T>(
        string? name, DataViewType type, Func<TRow, ReadOnlySpan<T>> read, DataViewSchema.Annotations? annotations = null) =>
        Column<VBuffer<T>>(name, type, row => (ref VBuffer<T> values) => ColumnTypes.Copy(read(row()), ref values), annotations);

    /// <summary>
    /// A column of masks: one key a pixel, 0 for no class and k + 1 for class k; the annotation KeyValues holds the class names.
    /// </summary>
    public OutputColumns<TRow> Mask(
        string name, IReadOnlyList<string> classNames, ImageDataViewType image, Func<TRow, ReadOnlySpan<uint>> read) =>
        Vector(name, ColumnTypes.PerPixel(ColumnTypes.Key(classNames), image), read, ColumnTypes.KeyValues(classNames));

    /// <summary>A column of masks with the type and the annotations of another.</summary>
    public OutputColumns<TRow> Mask(string name, InputColumn like, Func<TRow, ReadOnlySpan<uint>> read)
    {
        DataViewType type = like.HasData
            ? like.Data.Type
            : ColumnTypes.PerPixel(ColumnTypes.Key(ColumnTypes.UnknownNames), new ImageDataViewType());
        Vector(name, type, read, like.HasData ? like.Data.Annotations : null);
        this[^1] = this[^1] with { Shape = ColumnShapes.Copy(name, like.Shape) };
        return this;
    }

    /// <summary>A column of images, each of them made for whoever asks.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="type">The type of the images.</param>
    /// <param name="draw">Makes a row's image; null where there is none.</param>
    /// <param name="annotations">The column's annotations.</param>
    public OutputColumns<TRow> Image(
        string? name, ImageDataViewType type, Func<TRow, MLImage?> draw, DataViewSchema.Annotations? annotations = null) =>
        Column<MLImage>(name, type, row => (ref MLImage image) =>
        {
            MLImage? drawn = draw(row());

            // Images are native memory that the garbage collector does not see: like ML.NET's own, this frees the last row's.
            image?.Dispose();
            image = drawn!;
        }, annotations);

    private OutputColumns<TRow> Column<T>(
        string? name, DataViewType type, Func<Func<TRow>, ValueGetter<T>> createGetter, DataViewSchema.Annotations? annotations)
    {
        if (name is "")
        {
            throw new ArgumentException(
                "The options have an empty name for a column. Give it one, or null for no column.", "options");
        }
        if (name is not null) Add(new OutputColumn(name, type, row => createGetter(() => (TRow)row()), annotations));
        return this;
    }
}
