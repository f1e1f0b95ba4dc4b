using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Training;

/// <summary>Reads an image column, every image stretched to the network's size.</summary>
internal sealed class ReconstructionRowReader(string image, int channels, int width, int height) : ISampleReader
{
    /// <inheritdoc/>
    public IReadOnlyList<DataViewSchema.Column> ColumnsOf(DataViewSchema schema)
    {
        DataViewSchema.Column column = ColumnTypes.Find(schema, image);
        ColumnTypes.RequireImage(column);
        return [column];
    }

    /// <inheritdoc/>
    public Func<TrainingSample> Open(DataViewRow row)
    {
        var getImage = row.GetGetter<MLImage>(row.Schema[image]);
        MLImage picture = null!;
        return () =>
        {
            getImage(ref picture);
            RowImage.Require(picture, row, image);
            var geometry = ImageGeometry.For(picture.Width, picture.Height, ImageSizing.Stretch, width, height);
            return new TrainingSample(width, height, RowImage.ToBytes(picture, geometry, channels), []);
        };
    }
}
