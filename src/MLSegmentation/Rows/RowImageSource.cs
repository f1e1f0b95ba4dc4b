using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>The image of the current row: of a column of images, or of the file that a column of paths names.</summary>
internal sealed class RowImageSource
{
    private readonly Func<MLImage> _read;
    private readonly Func<ImageSource> _open;
    private MLImage? _decoded;

    /// <param name="row">The row or cursor.</param>
    /// <param name="column">A column of images or of paths.</param>
    /// <param name="range">The range of samples of more than 8 bits in files; null for the range of their type.</param>
    /// <param name="needsImage">Whether somebody asks for <see cref="Image"/>; else files are decoded only as large as the network needs them.</param>
    public RowImageSource(DataViewRow row, DataViewSchema.Column column, SampleRange? range, bool needsImage)
    {
        if (column.Type is ImageDataViewType)
        {
            var reader = new ImageColumnReader(row, column);
            (_read, _open) = (reader.Read, () => ImageSource.Of(reader.Read()));
            return;
        }
        var path = new PathColumnReader(row, column, folder: null);
        _read = () => _decoded!;
        _open = needsImage ? () => ImageSource.Of(Decode(path.Read(), range)) : () => ImageSource.OfFile(path.Read());
    }

    /// <summary>The image in full size, once it was read.</summary>
    public MLImage Image => _read();

    /// <summary>Where the row's image is to be had from.</summary>
    public ImageSource Read() => _open();

    private MLImage Decode(string path, SampleRange? range)
    {
        _decoded?.Dispose();
        _decoded = null;
        return _decoded = ImageDecoder.Decode(path, range);
    }
}
