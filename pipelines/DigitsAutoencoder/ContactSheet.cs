using Microsoft.ML.Data;

/// <summary>Images of one size side by side.</summary>
internal sealed class ContactSheet(int columns, int rows, int width, int height)
{
    private readonly byte[] _pixels = new byte[4 * columns * width * rows * height];

    /// <summary>Copies an image, which may go afterwards, to its place.</summary>
    public void Paste(MLImage image, int column, int row)
    {
        for (int y = 0; y < height; y++)
        {
            int place = ((row * height) + y) * columns * width + (column * width);
            image.Pixels.Slice(4 * y * width, 4 * width).CopyTo(_pixels.AsSpan(4 * place));
        }
    }

    /// <summary>The sheet as an image of its own.</summary>
    public MLImage ToImage() => MLImage.CreateFromPixels(columns * width, rows * height, MLPixelFormat.Bgra32, _pixels);
}
