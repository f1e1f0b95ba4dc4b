namespace MLSegmentation.Tests;

/// <summary>Scores made and interpolated pixel by pixel, in doubles: what faster code must give.</summary>
internal static class NaiveScores
{
    /// <summary>Logits with areas as masks have them: every class is best somewhere, and borders are few.</summary>
    public static float[] Smooth(Random random, int planes, int height, int width)
    {
        double[] phase = [.. Enumerable.Range(0, 2 * planes).Select(_ => random.NextDouble() * 6)];
        return [.. Enumerable.Range(0, planes * height * width).Select(i =>
        {
            (int plane, int y, int x) = (i / (height * width), i / width % height, i % width);
            return (float)(2 * (Math.Sin((x * 0.7) + phase[2 * plane]) + Math.Sin((y * 0.9) + phase[(2 * plane) + 1])));
        })];
    }

    /// <summary>The numbers of one pixel of the image's part: scores, to the tensor's size, and on to the part's.</summary>
    /// <param name="scores">[planes, height, width].</param>
    /// <param name="height">The scores' height.</param>
    /// <param name="width">The scores' width.</param>
    /// <param name="geometry">How the image was brought to the tensor.</param>
    /// <param name="x">The column of the part.</param>
    /// <param name="y">The row of the part.</param>
    public static double[] At(float[] scores, int height, int width, ImageGeometry geometry, int x, int y)
    {
        var places = new List<(int Plane, double Weight)>();
        foreach ((int row, double down) in Taps(geometry.ScaledHeight, geometry.PartHeight, y))
        {
            foreach ((int column, double across) in Taps(geometry.ScaledWidth, geometry.PartWidth, x))
            {
                foreach ((int top, double above) in Taps(height, geometry.TensorHeight, row))
                {
                    foreach ((int left, double beside) in Taps(width, geometry.TensorWidth, column))
                        places.Add(((top * width) + left, down * across * above * beside));
                }
            }
        }
        return [.. scores.Chunk(height * width).Select(plane => places.Sum(place => plane[place.Plane] * place.Weight))];
    }

    public static double[] Softmax(double[] logits)
    {
        double[] odds = [.. logits.Select(logit => Math.Exp(logit - logits.Max()))];
        return [.. odds.Select(odd => odd / odds.Sum())];
    }

    public static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    /// <summary>Bilinear with half-pixel centres; a triangle that grows where the destination is smaller.</summary>
    private static IEnumerable<(int Place, double Weight)> Taps(int source, int destination, int index)
    {
        if (source == destination) return [(index, 1)];
        double scale = (double)source / destination, support = Math.Max(scale, 1), centre = (index + 0.5) * scale;
        (int Place, double Weight)[] taps = [.. Enumerable.Range(0, source)
            .Select(place => (place, Math.Max(0, 1 - (Math.Abs(place + 0.5 - centre) / support)))).Where(tap => tap.Item2 > 0)];
        double sum = taps.Sum(tap => tap.Weight);
        return taps.Select(tap => (tap.Place, tap.Weight / sum));
    }
}
