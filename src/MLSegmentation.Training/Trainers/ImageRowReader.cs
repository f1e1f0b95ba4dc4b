using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Images;

namespace MLSegmentation.Training.Trainers;

/// <summary>Reads an image column, every image stretched to the network's size.</summary>
internal sealed class ImageRowReader(DataViewSchema.Column image, int channels, int width, int height) : ISampleReader
{
    /// <inheritdoc/>
    public IReadOnlyList<DataViewSchema.Column> Columns => [image];

    /// <inheritdoc/>
    public Func<TrainingSample> Open(DataViewRow row)
    {
        var getImage = row.GetGetter<MLImage>(image);
        MLImage picture = null!;
        return () =>
        {
            getImage(ref picture);
            RowImage.Require(picture, row, image.Name);
            var geometry = ImageGeometry.For(picture.Width, picture.Height, ImageSizing.Stretch, width, height);
            return new TrainingSample(width, height, RowImage.ToBytes(picture, geometry, channels), []);
        };
    }
}
