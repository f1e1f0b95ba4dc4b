using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>The image of the current row: of a column of images, or of the file that a column of paths names.</summary>
internal sealed class RowImageSource
{
    private readonly ImageColumnReader? _images;
    private readonly PathColumnReader? _paths;
    private readonly SampleRange? _range;
    private MLImage? _decoded;

    /// <param name="row">The row or cursor.</param>
    /// <param name="column">A column of images or of paths.</param>
    /// <param name="range">The range of samples of more than 8 bits in files; null for the range of their type.</param>
    public RowImageSource(DataViewRow row, DataViewSchema.Column column, SampleRange? range)
    {
        _range = range;
        if (column.Type is ImageDataViewType) _images = new ImageColumnReader(row, column);
        else _paths = new PathColumnReader(row, column, folder: null);
    }

    /// <summary>Where the row's image is to be had from; a file is not read yet.</summary>
    public ImageSource Read() => _images is not null ? ImageSource.Of(_images.Read()) : ImageSource.OfFile(_paths!.Read());

    /// <summary>The row's image in full size, valid until the next row's is read.</summary>
    public MLImage ReadWhole()
    {
        if (_images is not null) return _images.Read();
        _decoded?.Dispose();
        _decoded = null;
        return _decoded = ImageDecoder.Decode(_paths!.Read(), _range);
    }
}
