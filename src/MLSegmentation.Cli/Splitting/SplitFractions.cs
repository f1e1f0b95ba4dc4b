using System.Globalization;

namespace MLSegmentation.Cli;

/// <summary>The parts of a split and the share of each.</summary>
/// <param name="Parts">Their names, and shares that together are 1.</param>
internal sealed record SplitFractions(IReadOnlyList<(string Name, double Fraction)> Parts)
{
    private const double Tolerance = 1e-6;
    private static readonly string[] _two = ["train", "test"], _three = ["train", "validation", "test"];

    /// <summary>Eight images of ten to train with, one to validate and one to test.</summary>
    public static SplitFractions Default { get; } = Parse("0.8/0.1/0.1")!;

    /// <summary>The parts that a text such as <c>0.8/0.1/0.1</c> says; null where it says none.</summary>
    public static SplitFractions? Parse(string text)
    {
        string[] numbers = text.Split('/');
        var fractions = new double[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!double.TryParse(numbers[i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out fractions[i])
                || fractions[i] <= 0)
                return null;
        }
        string[]? names = numbers.Length switch
        {
            2 => _two,
            3 => _three,
            _ => null,
        };
        return names is not null && Math.Abs(fractions.Sum() - 1) < Tolerance
            ? new SplitFractions([.. names.Zip(fractions)])
            : null;
    }
}
