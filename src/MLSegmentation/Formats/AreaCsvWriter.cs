using System.Buffers;
using System.Globalization;
using System.Text;

namespace MLSegmentation;

/// <summary>
/// Writes the area of each class as CSV (RFC 4180, UTF-8) with the columns <c>image</c>, <c>class</c>, <c>pixels</c> and
/// <c>fraction</c>. There is a row for each class of each image, also where it has no pixels. The fraction is of all pixels of
/// the image, 0 to 1 with up to seven digits; pixels without a class are in no row. A class on 3 of 4 pixels gives
/// <c>a.jpg,scratch,3,0.75</c>.
/// </summary>
/// <remarks>
/// A spreadsheet takes a cell that begins with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a line's end for a formula,
/// quoted or not. Such names get an apostrophe in front, which spreadsheets hide: <c>'=SUM(A1).jpg</c>. Source: OWASP, "CSV
/// injection".
/// </remarks>
public sealed class AreaCsvWriter : MaskFileWriter
{
    private static readonly SearchValues<char> _quoted = SearchValues.Create(",\"\r\n");

    // The last four are the full-width forms of the first, which spreadsheets of East Asian languages take for them.
    private static readonly SearchValues<char> _beginningsOfFormulas = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

    /// <summary>Begins a file.</summary>
    /// <param name="path">The file; what was there is replaced when this is complete. Its folder must exist.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public AreaCsvWriter(string path, IReadOnlyList<string> classNames)
        : base(path, classNames, background: null) => WriteLine("image,class,pixels,fraction");

    private protected override void Write(string image, ReadOnlySpan<uint> mask, int width, int height)
    {
        var pixels = new int[ClassNames.Count + 1];
        foreach (uint key in mask) pixels[key]++;
        for (int index = 0; index < ClassNames.Count; index++)
        {
            int area = pixels[index + 1];
            WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"{Field(image)},{Field(ClassNames[index])},{area},{Fraction(area, mask.Length)}"));
        }
    }

    // Becoming a decimal, a float is rounded to seven digits; a decimal is written without an exponent, however small it is.
    private static decimal Fraction(int area, int pixels) => (decimal)(float)((double)area / pixels);

    private static string Field(string text)
    {
        string safe = text.Length > 0 && _beginningsOfFormulas.Contains(text[0]) ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(_quoted) ? $"\"{safe.Replace("\"", "\"\"")}\"" : safe;
    }

    private void WriteLine(string line) => Stream.Write(Encoding.UTF8.GetBytes(line + "\r\n"));
}
