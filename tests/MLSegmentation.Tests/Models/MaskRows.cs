using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation.Tests;

/// <summary>
/// Data with masks of three classes and their images, black ones, as columns of either kind: of one size in their types, or of
/// any size.
/// </summary>
internal static class MaskRows
{
    public static readonly string[] Classes = ["background", "pit", "scratch"];

    public sealed class Row
    {
        public uint[] Mask { get; set; } = [];

        [AnySizeImage]
        public MLImage? Image { get; set; }
    }

    /// <summary>Masks whose type has their size, that of the first one.</summary>
    public static IDataView OfOneSize(MLContext ml, params TestMask[] masks)
    {
        (int width, int height) = (masks[0].Width, masks[0].Height);
        return Load(ml, masks, new VectorDataViewType(Keys, height, width), new ImageDataViewType(height, width));
    }

    /// <summary>Masks of variable length.</summary>
    public static IDataView OfAnySize(MLContext ml, params TestMask[] masks) =>
        Load(ml, masks, new VectorDataViewType(Keys), new ImageDataViewType());

    /// <summary>What a transformer makes of data after it was saved into a zip and loaded.</summary>
    public static IDataView TransformLoaded(MLContext ml, ITransformer transformer, IDataView data)
    {
        using var zip = new MemoryStream();
        ml.Model.Save(transformer, data.Schema, zip);
        zip.Position = 0;
        return ml.Model.Load(zip, out _).Transform(data);
    }

    /// <summary>The names in an annotation, KeyValues or SlotNames.</summary>
    public static string[] Names(DataViewSchema.Column column, string annotation)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(annotation, ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>What an estimator is told of a schema. ML.NET makes it internally only.</summary>
    public static SchemaShape Shape(DataViewSchema schema) => Create(null, schema);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod)]
    private static extern SchemaShape Create(SchemaShape? shape, DataViewSchema schema);

    private static KeyDataViewType Keys => new(typeof(uint), Classes.Length);

    private static IDataView Load(MLContext ml, TestMask[] masks, DataViewType maskType, DataViewType imageType)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Mask)].ColumnType = maskType;
        schema[nameof(Row.Mask)].AddAnnotation(
            "KeyValues", new VBuffer<ReadOnlyMemory<char>>(Classes.Length, [.. Classes.Select(name => name.AsMemory())]),
            new VectorDataViewType(TextDataViewType.Instance, Classes.Length));
        schema[nameof(Row.Image)].ColumnType = imageType;
        Row[] rows =
            [.. masks.Select(
                mask => new Row
                {
                    Mask = mask.Keys,
                    Image = TestImages.Image(mask.Width, mask.Height, new byte[3 * mask.Width * mask.Height]),
                })];
        return ml.Data.LoadFromEnumerable(rows, schema);
    }
}
