using System.Globalization;

namespace MLSegmentation;

/// <summary>A colour, 8 bits a channel.</summary>
/// <param name="R">Red, 0 to 255.</param>
/// <param name="G">Green, 0 to 255.</param>
/// <param name="B">Blue, 0 to 255.</param>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>Reads <c>#RRGGBB</c>.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static Rgb Parse(string text)
    {
        if (text.Length == 7 && text[0] == '#'
            && uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
            return new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        throw new FormatException($"'{PrintableText.Of(text)}' is not a colour, expected #RRGGBB such as #80FF00.");
    }

    /// <summary>The colour as <c>#RRGGBB</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{R:X2}{G:X2}{B:X2}");
}
