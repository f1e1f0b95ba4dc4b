namespace MLSegmentation;

/// <summary>
/// The weights of an antialiased bilinear resize along one axis: a triangle filter around each half-pixel centre whose support
/// grows with the downscale factor, cut at the border and normalised (as Pillow's <c>Resample.c</c> and torch's
/// <c>interpolate(antialias=True)</c>). Upscaling, the support is one pixel each way: ordinary bilinear.
/// </summary>
internal sealed class ResizeWeights
{
    // Less does not change a sum of floats. It would still make one of an infinite score no number.
    private const float LeastWeight = 1e-9f;

    private readonly int[] _first;
    private readonly int[] _count;
    private readonly float[] _weights;
    private readonly int _taps;

    public ResizeWeights(int sourceSize, int destinationSize)
    {
        double scale = (double)sourceSize / destinationSize;
        double support = Math.Max(scale, 1);
        _taps = ((int)Math.Ceiling(support) * 2) + 1;
        _first = new int[destinationSize];
        _count = new int[destinationSize];
        _weights = new float[destinationSize * _taps];
        Span<double> weights = new double[_taps];
        for (int i = 0; i < destinationSize; i++)
        {
            double centre = (i + 0.5) * scale;
            int first = Math.Max((int)(centre - support + 0.5), 0);
            int count = Math.Min((int)(centre + support + 0.5), sourceSize) - first;
            double sum = 0;
            for (int tap = 0; tap < count; tap++)
            {
                weights[tap] = Math.Max(1 - Math.Abs((first + tap - centre + 0.5) / support), 0);
                sum += weights[tap];
            }
            int begin = 0;
            while (weights[begin] / sum < LeastWeight) begin++;
            while (weights[count - 1] / sum < LeastWeight) count--;
            for (int tap = begin; tap < count; tap++) _weights[(i * _taps) + tap - begin] = (float)(weights[tap] / sum);
            _first[i] = first + begin;
            _count[i] = count - begin;
        }
    }

    /// <summary>How many weights there are.</summary>
    public int Count => _weights.Length;

    /// <summary>The first source position that destination position <paramref name="index"/> takes from.</summary>
    public int First(int index) => _first[index];

    /// <summary>The weights of the source positions from <see cref="First"/> on; they sum to 1.</summary>
    public ReadOnlySpan<float> Of(int index) => _weights.AsSpan(index * _taps, _count[index]);
}
