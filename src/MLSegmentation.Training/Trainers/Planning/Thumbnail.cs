using Microsoft.ML.Data;

namespace MLSegmentation.Training;

/// <summary>A small picture of an image, for statistics of a whole set.</summary>
internal sealed class Thumbnail
{
    /// <summary>Pixels a side.</summary>
    public const int Side = 48;

    private const int Channels = 3;
    private readonly float[] _values = new float[Channels * Side * Side];

    /// <summary>Averages each cell of a grid over an image.</summary>
    public Thumbnail(MLImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        var counts = new int[Side * Side];
        IsGray = true;
        for (int y = 0; y < image.Height; y++)
        {
            int row = (int)((long)y * Side / image.Height) * Side;
            ReadOnlySpan<byte> line = pixels.Slice(y * image.Width * 4, image.Width * 4);
            for (int x = 0; x < image.Width; x++)
            {
                int cell = row + (int)((long)x * Side / image.Width);
                byte first = line[4 * x], green = line[4 * x + 1], last = line[4 * x + 2];
                IsGray &= first == green && green == last;
                counts[cell]++;
                _values[cell] += first;
                _values[Side * Side + cell] += green;
                _values[2 * Side * Side + cell] += last;
            }
        }
        // An image of fewer pixels than cells leaves some empty: they are as the cell before.
        for (int cell = 0; cell < counts.Length; cell++)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                ref float value = ref _values[channel * Side * Side + cell];
                value = counts[cell] > 0 ? value / counts[cell] : cell > 0 ? _values[channel * Side * Side + cell - 1] : 0;
            }
        }
    }

    /// <summary>Whether every pixel of the image is gray.</summary>
    public bool IsGray { get; }

    /// <summary>The mean of a cell, 0 to 255; the order of the channels is the image's.</summary>
    public float this[int channel, int x, int y] => _values[(channel * Side + y) * Side + x];
}
