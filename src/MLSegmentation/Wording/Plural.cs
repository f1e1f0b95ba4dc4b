using System.Globalization;

namespace MLSegmentation;

/// <summary>Numbers of things in words.</summary>
internal static class Plural
{
    /// <summary>Such as <c>1 image</c>, <c>1,200 images</c> and <c>2 classes</c>.</summary>
    /// <param name="number">How many there are.</param>
    /// <param name="what">
    /// One of them, a noun whose plural ends in s, such as <c>image</c>, <c>class</c> and <c>batch</c>.
    /// </param>
    public static string Of(long number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {Noun(number, what)}");

    /// <summary>The noun alone: <c>image</c> of 1, <c>images</c> of any other number.</summary>
    public static string Noun(long number, string what) =>
        number == 1 ? what : what.EndsWith('s') || what.EndsWith("tch", StringComparison.Ordinal) ? $"{what}es" : $"{what}s";
}
