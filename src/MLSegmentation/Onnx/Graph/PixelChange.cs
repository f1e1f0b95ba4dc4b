namespace MLSegmentation;

/// <summary>
/// What sums and products with constants make of a value x of each channel: (x − mean) / range. Learned scales and shifts do so
/// to values that are prepared already: only numbers that normalise pixels, and that nothing learns, are taken for these.
/// </summary>
internal sealed class PixelChange
{
    private const double Byte = 255;

    // How far the numbers of channels may lie apart that are meant to be the same.
    private const double Rounding = 1e-3;

    private readonly double[] _factors;
    private readonly double[] _offsets;
    private readonly bool _isShifted;

    private PixelChange(double[] factors, double[] offsets, bool isShifted) =>
        (_factors, _offsets, _isShifted) = (factors, offsets, isShifted);

    private double[] Means => [.. _offsets.Zip(_factors, (offset, factor) => -offset / factor)];

    private double[] Ranges => [.. _factors.Select(factor => 1 / factor)];

    /// <summary>Whether x is certainly 0 to 255: it is divided by that, or a mean of such values is subtracted.</summary>
    public bool IsOfBytes => IsSound && (_isShifted
        ? HaveMeansOf(Byte) && Array.TrueForAll(Ranges, range => IsOne(range) || IsDeviation(range / Byte) || IsByte(range))
        : Array.TrueForAll(Ranges, IsByte));

    /// <summary>Whether x is certainly 0 to 1: a mean and a deviation are of such values.</summary>
    public bool IsOfFractions =>
        IsSound && _isShifted && HaveMeansOf(1) && Array.TrueForAll(Ranges, IsDeviation);

    /// <summary>Whether the same is done to all channels, so that their order does not matter.</summary>
    public bool IsSameForAll => AreAlike(_factors) && AreAlike(_offsets);

    /// <summary>The order of colours that the means are known in; null where they are unknown or the same for all.</summary>
    public ColourOrder? Order =>
        PixelMeans.OrderOf(Means) ?? PixelMeans.OrderOf([.. Means.Select(mean => mean * Byte)]);

    private bool IsSound => Array.TrueForAll(_factors, factor => factor > 0 && double.IsFinite(factor))
        && Array.TrueForAll(_offsets, double.IsFinite);

    /// <summary>Nothing is changed.</summary>
    public static PixelChange None(int channels) =>
        new([.. Enumerable.Repeat(1.0, channels)], new double[channels], isShifted: false);

    /// <summary>The same for channels in the reverse order.</summary>
    public PixelChange Reversed() => new([.. _factors.Reverse()], [.. _offsets.Reverse()], _isShifted);

    /// <summary>This change and that of a node; null where it is no such node.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="node">The node.</param>
    /// <param name="value">The value of the image that it takes.</param>
    /// <param name="channels">That value's axis of channels.</param>
    public PixelChange? Then(OnnxGraph graph, OnnxNode node, string value, OnnxAxis channels)
    {
        if (node.Inputs is not [var first, var second]) return null;
        bool isFirst = first == value;
        string constant = isFirst ? second : first;
        if (graph.NumbersOf(constant) is not { } numbers) return null;
        if (numbers.Count != 1 && (numbers.Count != _factors.Length || !IsAlong(graph.ConstantOf(constant), channels)))
            return null;
        bool isShift = _isShifted || numbers.Any(number => number != 0);
        double Number(int channel) => numbers[numbers.Count == 1 ? 0 : channel];
        return node.Operator switch
        {
            "Add" => Changed((factor, _) => factor, (offset, channel) => offset + Number(channel), isShift),
            "Sub" when isFirst => Changed((factor, _) => factor, (offset, channel) => offset - Number(channel), isShift),
            "Mul" => Changed(
                (factor, channel) => factor * Number(channel), (offset, channel) => offset * Number(channel), _isShifted),
            "Div" when isFirst => Changed(
                (factor, channel) => factor / Number(channel), (offset, channel) => offset / Number(channel), _isShifted),
            _ => null,
        };
    }

    private PixelChange Changed(Func<double, int, double> factor, Func<double, int, double> offset, bool isShifted) =>
        new([.. _factors.Select(factor)], [.. _offsets.Select(offset)], isShifted);

    /// <summary>Whether a constant's numbers belong to the channels and not to rows or columns.</summary>
    private static bool IsAlong(OnnxTensor? constant, OnnxAxis channels)
    {
        // What other nodes shape is shaped for this.
        if (constant is null) return true;
        int last = constant.Shape.Count - 1;
        for (int i = 0; i <= last; i++)
        {
            if (constant.Shape[i] > 1) return channels is { Index: int index, Rank: int rank } && last - i == rank - 1 - index;
        }
        return true;
    }

    // As of colours that are known, and of half of the range.
    private bool HaveMeansOf(double white) => Array.TrueForAll(Means, mean => mean / white is > 0.3 and < 0.6);

    // As of means in the middle; 0.5 is that of −1 to 1, and 128 stands for 127.5.
    private static bool IsDeviation(double range) => range is > 0.1 and < 0.51;

    // Spelt 1/255, 1/256 and 0.0039.
    private static bool IsByte(double range) => range is >= Byte - 1 and <= Byte + 2;

    private static bool IsOne(double range) => Math.Abs(range - 1) < Rounding;

    private static bool AreAlike(double[] numbers) =>
        Array.TrueForAll(numbers, number => Math.Abs(number - numbers[0]) <= Rounding * Math.Abs(numbers[0]));
}
