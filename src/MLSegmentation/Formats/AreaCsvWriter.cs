using System.Globalization;
using System.Text;

namespace MLSegmentation;

/// <summary>
/// Writes the area of each class as CSV (RFC 4180, UTF-8) with the columns <c>image</c>, <c>class</c>, <c>pixels</c> and
/// <c>fraction</c>. There is a row for each class of each image, also where it has no pixels. The fraction is of all pixels of
/// the image, 0 to 1 with up to seven digits; pixels without a class are in no row. A class on 3 of 4 pixels gives
/// <c>a.jpg,scratch,3,0.75</c>.
/// </summary>
public sealed class AreaCsvWriter : MaskFileWriter
{
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
                    $"{CsvField.Of(image)},{CsvField.Of(ClassNames[index])},{area},{Fraction(area, mask.Length)}"));
        }
    }

    // Becoming a decimal, a float is rounded to seven digits; a decimal is written without an exponent, however small it is.
    private static decimal Fraction(int area, int pixels) => (decimal)(float)((double)area / pixels);

    private void WriteLine(string line) => Stream.Write(Encoding.UTF8.GetBytes(line + "\r\n"));
}
