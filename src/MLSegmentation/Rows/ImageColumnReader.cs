using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>Reads the image of the current row, with errors that say which row.</summary>
internal sealed class ImageColumnReader
{
    private readonly DataViewRow _row;
    private readonly DataViewSchema.Column _column;
    private readonly ImageDataViewType _type;
    private readonly ValueGetter<MLImage> _getter;

    // Never disposed of here: a source in memory hands out its own images, one that makes them disposes of the last when asked
    // for the next.
    private MLImage? _image;

    public ImageColumnReader(DataViewRow row, DataViewSchema.Column column)
    {
        _row = row;
        _column = column;
        _type = (ImageDataViewType)column.Type;
        _getter = row.GetGetter<MLImage>(column);
    }

    public MLImage Read()
    {
        _getter(ref _image!);
        if (_image is null)
        {
            throw new InvalidOperationException(
                $"Row {_row.Position} has no image in column "
                + $"'{_column.Name}': it is null, expected an image. Leave such rows out.");
        }
        if (ColumnTypes.HasSize(_type) && (_image.Width != _type.Width || _image.Height != _type.Height))
        {
            throw new InvalidOperationException(
                $"Row {_row.Position} has an image of {_image.Width}×{_image.Height} pixels in column '{_column.Name}', which "
                + $"promises {_type.Width}×{_type.Height}. "
                + "Put ResizeImages before it, or declare the column without a size.");
        }
        return _image;
    }
}
