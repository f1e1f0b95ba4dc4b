using Microsoft.ML.Data;

namespace MLSegmentation.Cli.Tests;

/// <summary>
/// What a network of four classes makes of an image, written out. Each logit of a block of 4×4 pixels is 3, or 0.06 times its
/// mean red, green or blue less 3. They are interpolated bilinearly, with half-pixel centres, to the image's size; the greatest
/// wins.
/// </summary>
internal static class QuarterLogits
{
    private const int Block = 4, Classes = 4;

    public static IEnumerable<ushort> Mask(MLImage image)
    {
        (int width, int height) = (image.Width, image.Height);
        double[][] logits = [.. Enumerable.Range(0, Classes).Select(label => Logits(image, label))];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double[] scores = [.. logits.Select(plane => At(plane, width / Block, height / Block, x, y))];
                yield return (ushort)Array.IndexOf(scores, scores.Max());
            }
        }
    }

    private static double[] Logits(MLImage image, int label)
    {
        (int width, int height) = (image.Width / Block, image.Height / Block);
        ReadOnlySpan<byte> pixels = image.Pixels;
        int channel = image.PixelFormat == MLPixelFormat.Bgra32 ? 3 - label : label - 1;
        var logits = new double[width * height];
        for (int i = 0; i < logits.Length; i++)
        {
            double sum = 0;
            for (int at = 0; label > 0 && at < Block * Block; at++)
            {
                int y = (i / width * Block) + (at / Block), x = (i % width * Block) + (at % Block);
                sum += pixels[(4 * ((y * image.Width) + x)) + channel];
            }
            logits[i] = label == 0 ? 3 : (0.06 * sum / (Block * Block)) - 3;
        }
        return logits;
    }

    private static double At(double[] plane, int width, int height, int x, int y)
    {
        (int left, double right) = Place(x, width);
        (int top, double below) = Place(y, height);
        int next = Math.Min(left + 1, width - 1), lower = Math.Min(top + 1, height - 1);
        double Row(int row) => (plane[(row * width) + left] * (1 - right)) + (plane[(row * width) + next] * right);
        return (Row(top) * (1 - below)) + (Row(lower) * below);
    }

    private static (int Index, double Part) Place(int position, int size)
    {
        double place = Math.Clamp(((position + 0.5) / Block) - 0.5, 0, size - 1);
        return ((int)place, place - (int)place);
    }
}
