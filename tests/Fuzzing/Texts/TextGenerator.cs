using System.Text;

namespace Fuzzing.Texts;

/// <summary>Texts of pieces that a reader knows, with what editors, spreadsheets and attackers put between.</summary>
internal static class TextGenerator
{
    private static readonly string[] _odd =
        ["\"", "\"\"", "'", ",", ";", "\t", " ", "\r\n", "\r", "\n", "\0", "\u001b[31m", "\u0085", "\u2028", "\ufeff", "é",
            "e\u0301", "\U0001F600", "=1+1", "-", "#", "\\", "/", "../", "%00", "٣"];

    /// <summary>Lines of <paramref name="line"/>, some of them changed, in some encoding.</summary>
    public static byte[] Lines(FuzzRandom random, string? first, Func<string> line)
    {
        string end = random.Pick("\n", "\n", "\r\n", "\r");
        var text = new StringBuilder(first is null ? "" : first + end);
        for (int i = random.Pick(0, 1, 2, 3, 5, 20); i > 0; i--)
            text.Append(random.Percent(85) ? line() : Odd(random, line())).Append(i > 1 || random.Percent(70) ? end : "");
        return Encode(random, random.Percent(15) ? Odd(random, text.ToString()) : text.ToString());
    }

    public static byte[] Encode(FuzzRandom random, string text)
    {
        byte[] bytes = random.Percent(90)
            ? Encoding.UTF8.GetBytes(text)
            : random.Pick(Encoding.Latin1, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32).GetBytes(text);
        if (random.Percent(10)) bytes = [.. random.Pick(Encoding.UTF8, Encoding.Unicode, Encoding.UTF32).GetPreamble(), .. bytes];
        return random.Percent(15) ? Mutation.Apply(random, bytes) : bytes;
    }

    /// <summary>The text with something put in, taken out or repeated.</summary>
    public static string Odd(FuzzRandom random, string text)
    {
        int at = random.Below(text.Length + 1), length = Math.Min(random.Between(1, 6), text.Length - at);
        return random.Below(4) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            2 => text.Insert(at, new string('x', random.Pick(1, 100, 5000))),
            _ => text.Insert(at, random.Pick<string>(_odd)),
        };
    }

    /// <summary>A JSON number that most programs write, or one at a border.</summary>
    public static string Number(FuzzRandom random, int usual) => random.Percent(93) ? $"{random.Below(usual)}"
        : random.Pick("-1", "1.5", "1e400", "9223372036854775807", "9223372036854775808", "-0", "null", "\"1\"", "true", "[]",
            "{}", "01", "NaN", $"{random.Extreme()}");
}
