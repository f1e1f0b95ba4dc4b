using System.Globalization;

namespace MLSegmentation;

/// <summary>
/// The values that become black and white where the samples of an image have more than 8 bits. Without it, 12-bit data in 16-bit
/// files would be nearly black. Each sample v becomes (v - low) · 255 / (high - low), rounded, and at least 0 and at most 255.
/// Palettes, inks, alpha and samples of up to 8 bits keep their own range.
/// </summary>
public sealed record SampleRange
{
    private const string Separator = "..";

    /// <summary>A range.</summary>
    /// <param name="low">The value that becomes 0; what is below becomes 0 too.</param>
    /// <param name="high">The value that becomes 255; what is above becomes 255 too.</param>
    /// <exception cref="ArgumentException">A value is no finite number, or the low one is not below the high one.</exception>
    public SampleRange(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low >= high)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"The range is {low}{Separator}{high}, expected two numbers of which the first is smaller."),
                nameof(low));
        }
        (Low, High) = (low, high);
    }

    /// <summary>The value that becomes black.</summary>
    public double Low { get; }

    /// <summary>The value that becomes white.</summary>
    public double High { get; }

    /// <summary>Reads <c>LOW..HIGH</c>, such as <c>0..4095</c> or <c>-0.5..1.5</c>.</summary>
    /// <exception cref="FormatException">The text is no range.</exception>
    public static SampleRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(Separator);
        double[] numbers =
            [.. parts.Select(
                part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                    ? number
                    : double.NaN)];
        return numbers is [var low, var high] && double.IsFinite(low) && double.IsFinite(high) && low < high
            ? new SampleRange(low, high)
            : throw new FormatException(
                $"'{text}' is no range, expected LOW{Separator}HIGH with LOW below HIGH, such as 0{Separator}4095.");
    }

    /// <summary>The range that images use: from the least to the greatest of their samples. Their files are read.</summary>
    /// <param name="imageFiles">The files, of any formats.</param>
    /// <returns>Null where no file has samples of more than 8 bits, or all of these are equal.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A PNG or TIFF is truncated or damaged.</exception>
    public static SampleRange? Measure(IEnumerable<string> imageFiles)
    {
        ArgumentNullException.ThrowIfNull(imageFiles);
        (double least, double greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (string file in imageFiles)
        {
            if (SampleSpan.Read(ImageFile.ReadAllBytes(file), file) is not { } span) continue;
            (least, greatest) = (Math.Min(least, span.Least), Math.Max(greatest, span.Greatest));
        }
        return least < greatest ? new SampleRange(least, greatest) : null;
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Low}{Separator}{High}");

    /// <summary>A value at 8 bits; one that is no number becomes 0.</summary>
    internal byte ToByte(double value) =>
        value > Low ? (byte)Math.Min(((value - Low) * byte.MaxValue / (High - Low)) + 0.5, byte.MaxValue) : (byte)0;

    /// <summary>All values of integers at 8 bits, by their bits.</summary>
    /// <param name="depth">The integers' bits, 1 to 16.</param>
    /// <param name="isSigned">Whether the highest bit is a sign.</param>
    internal byte[] ToTable(int depth, bool isSigned)
    {
        int unused = 32 - depth;
        return [.. Enumerable.Range(0, 1 << depth).Select(bits => ToByte(isSigned ? bits << unused >> unused : bits))];
    }

    /// <summary>The range that integers of so many bits can have: 0 to 255 for 8, or -128 to 127.</summary>
    internal static SampleRange OfIntegers(int depth, bool isSigned) =>
        isSigned ? new(-Math.Pow(2, depth - 1), Math.Pow(2, depth - 1) - 1) : new(0, Math.Pow(2, depth) - 1);
}
