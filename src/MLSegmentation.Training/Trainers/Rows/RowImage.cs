using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Training;

/// <summary>What reading an image out of a row needs.</summary>
internal static class RowImage
{
    /// <summary>Throws where a row has no image, as the transforms that score images do.</summary>
    public static void Require(MLImage? picture, DataViewRow row, string column)
    {
        if (picture is null)
        {
            throw new InvalidOperationException(
                $"Row {row.Position} has no image in the column '{column}'. Leave such rows out before training.");
        }
    }

    /// <summary>Throws where a label has not one key for each pixel of its image.</summary>
    /// <exception cref="InvalidDataException">It has more or fewer.</exception>
    public static void RequireLabels(MLImage picture, DataViewRow row, int keys, string label)
    {
        long pixels = (long)picture.Width * picture.Height;
        if (keys == pixels) return;
        throw new InvalidDataException(
            $"{Describe(picture, row)} is {picture.Width}x{picture.Height}, {pixels} pixels, but its label '{label}' has {keys}. "
            + "A mask has the size of its image.");
    }

    /// <summary>The image's file where it is known, and the row.</summary>
    private static string Describe(MLImage picture, DataViewRow row) =>
        string.IsNullOrEmpty(picture.Tag) ? $"The image of row {row.Position}" : $"The image '{picture.Tag}'";

    /// <summary>The image at the geometry's scaled size, channel after channel within each pixel, rounded to bytes.</summary>
    public static byte[] ToBytes(MLImage picture, ImageGeometry geometry, int channels)
    {
        int area = geometry.ScaledWidth * geometry.ScaledHeight;
        var planes = new float[channels * area];
        ImageTensor.Fill(picture, geometry, PixelScaling.AsIs(channels), planes);
        var pixels = new byte[planes.Length];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int i = 0; i < area; i++) pixels[i * channels + channel] = (byte)(planes[channel * area + i] + 0.5f);
        }
        return pixels;
    }
}
