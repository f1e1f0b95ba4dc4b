using System.Globalization;
using System.Text;

namespace MLSegmentation;

/// <summary>
/// Text of files, graphs and other processes, as an error may show it: it can move no cursor, and fills no screen.
/// </summary>
internal static class PrintableText
{
    private const int Longest = 300;

    /// <summary>
    /// The text with each control character, and each that only changes the order or the look of others, as <c>\u001B</c>; of a
    /// long one the start, and how many characters were left out.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">The most characters of it that are shown.</param>
    public static string Of(string text, int longest = Longest)
    {
        var shown = new StringBuilder(Math.Min(text.Length, longest));
        foreach (char letter in text.AsSpan(0, Math.Min(text.Length, longest)))
        {
            if (IsHidden(letter)) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
            else shown.Append(letter);
        }
        if (text.Length > longest) shown.Append(CultureInfo.InvariantCulture, $"… ({text.Length - longest} more characters)");
        return shown.ToString();
    }

    /// <summary>Texts with commas between them; of many the first, and how many were left out.</summary>
    /// <param name="texts">Any texts, such as the names of classes.</param>
    public static string Join(IReadOnlyList<string> texts)
    {
        const int Most = 20, LongestOfMany = 60;
        string first = string.Join(", ", texts.Take(Most).Select(text => Of(text, LongestOfMany)));
        return texts.Count > Most ? $"{first}, … ({texts.Count - Most} more)" : first;
    }

    private static bool IsHidden(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control
            or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
