namespace MLSegmentation.Training;

/// <summary>
/// A smooth random displacement: normally distributed at the points of a grid of 3×3 that spans the view, bicubic between them.
/// </summary>
/// <remarks>
/// Source: Ronneberger et al., "U-Net", 2015, section 3.1; the cubic is that of Keys 1981 (a = -1/2), ends repeated.
/// </remarks>
internal sealed class ElasticField
{
    private const int Points = 3;
    private readonly float[] _across = new float[Points * Points];
    private readonly float[] _down = new float[Points * Points];
    private readonly float[] _columnWeights;
    private readonly float[] _rowWeights;

    /// <summary>A random field.</summary>
    /// <param name="deviation">The standard deviation of the displacements at the points, in pixels.</param>
    /// <param name="random">Where they come from.</param>
    /// <param name="width">Columns of the view.</param>
    /// <param name="height">Rows of the view.</param>
    public ElasticField(double deviation, Random random, int width, int height)
    {
        for (int i = 0; i < _across.Length; i++)
        {
            var (first, second) = random.NextNormals();
            (_across[i], _down[i]) = ((float)(deviation * first), (float)(deviation * second));
        }
        (_columnWeights, _rowWeights) = (Weights(width), Weights(height));
    }

    /// <summary>The displacements of a row of the view.</summary>
    /// <param name="row">The row.</param>
    /// <param name="across">Receives those along the columns, in pixels.</param>
    /// <param name="down">Receives those along the rows.</param>
    public void Displace(int row, Span<float> across, Span<float> down)
    {
        Displace(_across, row, across);
        Displace(_down, row, down);
    }

    private void Displace(float[] points, int row, Span<float> line)
    {
        ReadOnlySpan<float> weights = _rowWeights.AsSpan(Points * row, Points);
        float left = Sum(points, 0, weights), middle = Sum(points, 1, weights), right = Sum(points, 2, weights);
        for (int x = 0; x < line.Length; x++)
        {
            line[x] = _columnWeights[Points * x] * left + _columnWeights[Points * x + 1] * middle
                + _columnWeights[Points * x + 2] * right;
        }
    }

    private static float Sum(float[] points, int column, ReadOnlySpan<float> weights) =>
        weights[0] * points[column] + weights[1] * points[Points + column] + weights[2] * points[2 * Points + column];

    /// <summary>The weights of the three points for each place between the first and the last of them.</summary>
    private static float[] Weights(int size)
    {
        var weights = new float[Points * size];
        for (int i = 0; i < size; i++)
        {
            double place = size == 1 ? 1 : (Points - 1.0) * i / (size - 1);
            int cell = Math.Min((int)place, Points - 2);
            for (int tap = cell - 1; tap <= cell + 2; tap++)
                weights[Points * i + Math.Clamp(tap, 0, Points - 1)] += (float)Cubic(Math.Abs(place - tap));
        }
        return weights;
    }

    private static double Cubic(double x) =>
        x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}
