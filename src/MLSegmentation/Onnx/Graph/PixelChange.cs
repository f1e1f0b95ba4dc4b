namespace MLSegmentation;

/// <summary>What sums and products with constants make of a value x of each channel: (x − <c>Mean</c>) · <c>Factor</c>.</summary>
internal sealed class LinearChange
{
    private const double Byte = 255;

    /// <summary>Means of fractions are below 1; those of bytes are far above.</summary>
    private const double LeastByteMean = 2;

    private readonly double[] _factors;
    private readonly double[] _offsets;
    private readonly bool _isShifted;

    private LinearChange(double[] factors, double[] offsets, bool isShifted) =>
        (_factors, _offsets, _isShifted) = (factors, offsets, isShifted);

    private double[] Means => [.. _offsets.Zip(_factors, (offset, factor) => -offset / factor)];

    private double[] Ranges => [.. _factors.Select(factor => 1 / factor)];

    /// <summary>
    /// Whether x is certainly 0 to 255: it is divided by about that, or a mean is subtracted that only such values have.
    /// </summary>
    public bool IsOfBytes
    {
        get
        {
            if (!IsSound || !Array.TrueForAll(Means, mean => mean is > -1 and <= Byte + 1)) return false;
            return Array.TrueForAll(Ranges, range => range is >= Byte - 1 and <= Byte + 1 && !_isShifted)
                || Array.Exists(Means, mean => mean > LeastByteMean);
        }
    }

    /// <summary>Whether x is certainly 0 to 1: a mean and a deviation are of such values.</summary>
    public bool IsOfFractions =>
        IsSound && _isShifted && Array.TrueForAll(Means, mean => mean is > 0 and < 1)
        && Array.TrueForAll(Ranges, range => range is > 0.01 and < 1);

    private bool IsSound => Array.TrueForAll(_factors, factor => factor > 0 && double.IsFinite(factor))
        && Array.TrueForAll(_offsets, double.IsFinite);

    /// <summary>Nothing is changed.</summary>
    public static LinearChange None(int channels) =>
        new([.. Enumerable.Repeat(1.0, channels)], new double[channels], isShifted: false);

    /// <summary>This change and that of a node; null where it is no such node.</summary>
    public LinearChange? Then(OnnxGraph graph, OnnxNode node, string value)
    {
        if (node.Inputs is not [var first, var second]) return null;
        bool isFirst = first == value;
        if (graph.NumbersOf(isFirst ? second : first) is not { } numbers) return null;
        if (numbers.Count != 1 && numbers.Count != _factors.Length) return null;
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

    private LinearChange Changed(Func<double, int, double> factor, Func<double, int, double> offset, bool isShifted) =>
        new([.. _factors.Select(factor)], [.. _offsets.Select(offset)], isShifted);
}
