using System.Globalization;
using System.Text.RegularExpressions;

namespace MLSegmentation;

/// <summary>What the names of free sizes say about them.</summary>
internal static partial class SizeNames
{
    private static readonly HashSet<string> _channels = new(StringComparer.OrdinalIgnoreCase)
    {
        "c", "ch", "channel", "channels", "num_channels", "n_channels", "in_channels", "input_channels", "in_chans",
    };

    /// <summary>Whether a size is the number of channels, such as <c>num_channels</c>.</summary>
    public static bool IsChannels(string name) => _channels.Contains(name);

    /// <summary>
    /// The least number that both sizes are multiples of where they are as their names say: 6 for <c>2*h</c> and <c>3*w</c>. It
    /// is 1 where they say nothing, or more than <see cref="ImageModelOptions.MostMultiple"/>.
    /// </summary>
    public static int MultipleOf(string height, string width)
    {
        int down = FactorOf(height), across = FactorOf(width);
        int common = down / (int)System.Numerics.BigInteger.GreatestCommonDivisor(down, across) * across;
        return common <= ImageModelOptions.MostMultiple ? common : 1;
    }

    private static int FactorOf(string name) =>
        Product().Match(name) is { Success: true } product
            ? int.Parse(product.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : 1;

    [GeneratedRegex(@"^([1-9][0-9]{0,3})\s*\*\s*[A-Za-z_]\w*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Product();
}
