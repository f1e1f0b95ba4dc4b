using System.Buffers;

namespace MLSegmentation;

/// <summary>Text as a field of a CSV file (RFC 4180).</summary>
/// <remarks>
/// A spreadsheet takes a cell that begins with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a line's end for a formula,
/// quoted or not. Such names get an apostrophe in front, which spreadsheets hide: <c>'=SUM(A1).jpg</c>. Source: OWASP, "CSV
/// injection".
/// </remarks>
internal static class CsvField
{
    private static readonly SearchValues<char> _quoted = SearchValues.Create(",\"\r\n");

    // The last four are the full-width forms of the first, which spreadsheets of East Asian languages take for them.
    private static readonly SearchValues<char> _beginningsOfFormulas = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

    /// <summary>The field: quoted where it must be, and no formula.</summary>
    public static string Of(string text)
    {
        string safe = text.Length > 0 && _beginningsOfFormulas.Contains(text[0]) ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(_quoted) ? $"\"{safe.Replace("\"", "\"\"")}\"" : safe;
    }
}
