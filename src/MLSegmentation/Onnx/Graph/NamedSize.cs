using System.Globalization;
using System.Text.RegularExpressions;

namespace MLSegmentation;

/// <summary>A size of an input or output, fixed or free.</summary>
/// <param name="Fixed">The size; null where it is free.</param>
/// <param name="Name">The name of a free one; empty where it has none.</param>
internal readonly partial record struct NamedSize(int? Fixed, string Name)
{
    // No exporter writes longer ones.
    private const int LongestName = 100;

    /// <summary>Whether it is said to count classes or channels.</summary>
    public bool IsOfClasses => ClassWords().IsMatch(Name);

    /// <summary>Whether it is said to be a height.</summary>
    public bool IsHeight => HeightWords().IsMatch(Name);

    /// <summary>Whether it is said to be a width.</summary>
    public bool IsWidth => WidthWords().IsMatch(Name);

    /// <summary>What its name divides by, as in <c>height/4</c> and <c>floor(h/4)</c>; 1 where nothing.</summary>
    public double Divisor => Divisors().Match(Name) is { Success: true } match
        && int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out int divisor) ? Math.Max(divisor, 1) : 1;

    /// <summary>The sizes of a value; a name too long to be one is none.</summary>
    public static NamedSize[] Of(OnnxValueInfo value) =>
    [
        .. value.Dimensions.Zip(
            value.DimensionNames,
            (size, name) => new NamedSize(size >= 0 ? size : null, name.Length > LongestName ? "" : name)),
    ];

    /// <summary>Whether the other's name stands in this one's, as in <c>floor(h/4)</c>.</summary>
    public bool IsOf(NamedSize other)
    {
        HashSet<string> words = WordsOf(other.Name);
        return words.Count > 0 && words.IsSubsetOf(WordsOf(Name));
    }

    private static HashSet<string> WordsOf(string name) => [.. Words().Matches(name).Select(match => match.Value)];

    [GeneratedRegex("class|channel", RegexOptions.IgnoreCase)]
    private static partial Regex ClassWords();

    [GeneratedRegex(@"height|(^|[^a-z])h([^a-z]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex HeightWords();

    [GeneratedRegex(@"width|(^|[^a-z])w([^a-z]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex WidthWords();

    [GeneratedRegex(@"//?\s*(\d{1,4})\b")]
    private static partial Regex Divisors();

    [GeneratedRegex(@"[A-Za-z_.][A-Za-z_.0-9]*")]
    private static partial Regex Words();
}
