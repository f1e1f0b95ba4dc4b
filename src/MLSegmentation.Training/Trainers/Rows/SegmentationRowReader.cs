using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Training;

/// <summary>Reads an image column and its label column, both brought to the network's scale.</summary>
/// <param name="image">The image column.</param>
/// <param name="label">The label column: a vector of keys, one a pixel of the image.</param>
/// <param name="classNames">The classes that the label's keys must stand for.</param>
/// <param name="sizing">How an image is scaled.</param>
/// <param name="width">The width to scale to; 0 for none.</param>
/// <param name="height">The height to scale to; 0 for none.</param>
internal sealed class SegmentationRowReader(
    string image, string label, IReadOnlyList<string> classNames, ImageSizing sizing, int width, int height) : ISampleReader
{
    private const int Channels = 3;

    /// <inheritdoc/>
    public IReadOnlyList<DataViewSchema.Column> ColumnsOf(DataViewSchema schema)
    {
        DataViewSchema.Column imageColumn = ColumnTypes.Find(schema, image), labelColumn = ColumnTypes.Find(schema, label);
        ColumnTypes.RequireImage(imageColumn);
        LabelColumn.RequireClasses(LabelColumn.ClassNames(labelColumn), classNames);
        return [imageColumn, labelColumn];
    }

    /// <inheritdoc/>
    public Func<TrainingSample> Open(DataViewRow row)
    {
        var getImage = row.GetGetter<MLImage>(row.Schema[image]);
        var getLabel = row.GetGetter<VBuffer<uint>>(row.Schema[label]);
        MLImage picture = null!;
        VBuffer<uint> keys = default;
        return () =>
        {
            getImage(ref picture);
            getLabel(ref keys);
            RowImage.Require(picture, row, image);
            RowImage.RequireLabels(picture, row, keys.Length, label);
            return Scale(picture, keys);
        };
    }

    private TrainingSample Scale(MLImage picture, VBuffer<uint> keys)
    {
        var geometry = ImageGeometry.For(picture.Width, picture.Height, sizing, 0, 0, 1, width, height);
        byte[] pixels = RowImage.ToBytes(picture, geometry, Channels);
        var labels = new byte[geometry.ScaledWidth * geometry.ScaledHeight];
        byte[] values = [.. keys.DenseValues().Select(key => key == 0 ? TrainingSample.Ignored : (byte)(key - 1))];
        ImageResizer.ResizeNearest<byte>(
            values, picture.Width, picture.Height, labels, geometry.ScaledWidth, geometry.ScaledHeight);
        return new TrainingSample(geometry.ScaledWidth, geometry.ScaledHeight, pixels, labels);
    }
}
