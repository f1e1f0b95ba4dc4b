using System.Globalization;
using System.Text;

namespace MLSegmentation;

/// <summary>
/// Takes file names for one that are written in one way: macOS splits <c>é</c> into <c>e</c> and an accent (NFD), others keep it
/// whole (NFC). Letters of another case are others.
/// </summary>
/// <remarks>
/// Own code, because <see cref="string.Normalize()"/> leaves a text as it is in programs without culture data, as <c>mlseg</c>
/// and many containers are.
/// </remarks>
internal sealed class FileNameComparer : IEqualityComparer<string>
{
    // Hangul syllables: a leading consonant, a vowel and perhaps a trailing consonant (Unicode Standard, section 3.12).
    private const int FirstSyllable = 0xAC00, Syllables = 11172, FirstLead = 0x1100, FirstVowel = 0x1161, NoTrail = 0x11A7,
        Vowels = 21, Trails = 28;

    private static readonly Lazy<(Dictionary<Rune, Rune[]> Decompositions, Dictionary<Rune, int> MarkClasses)> _tables =
        new(ReadTables);

    /// <summary>The only one there is.</summary>
    public static FileNameComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(string? x, string? y) =>
        x is null || y is null || (Ascii.IsValid(x) && Ascii.IsValid(y))
            ? x == y
            : string.Equals(Decompose(x), Decompose(y), StringComparison.Ordinal);

    /// <inheritdoc/>
    public int GetHashCode(string obj) => (Ascii.IsValid(obj) ? obj : Decompose(obj)).GetHashCode(StringComparison.Ordinal);

    /// <summary>The text with every letter split from its accents.</summary>
    internal static string Decompose(string text)
    {
        var runes = new List<Rune>(text.Length + 1);
        foreach (Rune rune in text.EnumerateRunes()) Add(runes, rune);
        Order(runes);
        var decomposed = new StringBuilder(runes.Count);
        foreach (Rune rune in runes) decomposed.Append(rune);
        return decomposed.ToString();
    }

    private static void Add(List<Rune> runes, Rune rune)
    {
        int syllable = rune.Value - FirstSyllable;
        if (syllable is >= 0 and < Syllables)
        {
            runes.Add(new Rune(FirstLead + (syllable / (Vowels * Trails))));
            runes.Add(new Rune(FirstVowel + (syllable / Trails % Vowels)));
            if (syllable % Trails > 0) runes.Add(new Rune(NoTrail + (syllable % Trails)));
        }
        else if (!rune.IsAscii && _tables.Value.Decompositions.TryGetValue(rune, out Rune[]? parts))
        {
            foreach (Rune part in parts) Add(runes, part);
        }
        else
        {
            runes.Add(rune);
        }
    }

    /// <summary>
    /// Marks of several classes on one letter may be written in any order; those of one class, such as two above it, may not.
    /// </summary>
    private static void Order(List<Rune> runes)
    {
        for (int i = 1; i < runes.Count; i++)
        {
            for (int at = i; at > 0 && MarkClass(runes[at]) is > 0 and int mark && MarkClass(runes[at - 1]) > mark; at--)
                (runes[at - 1], runes[at]) = (runes[at], runes[at - 1]);
        }
    }

    private static int MarkClass(Rune rune) => rune.IsAscii ? 0 : _tables.Value.MarkClasses.GetValueOrDefault(rune);

    private static (Dictionary<Rune, Rune[]> Decompositions, Dictionary<Rune, int> MarkClasses) ReadTables()
    {
        using Stream stream = typeof(FileNameComparer).Assembly.GetManifestResourceStream("CanonicalDecompositions.txt")!;
        using var reader = new StreamReader(stream);
        var decompositions = new Dictionary<Rune, Rune[]>();
        var classes = new Dictionary<Rune, int>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            if (line.Split('=') is [string mark, string number])
                classes.Add(ParseRune(mark), int.Parse(number, CultureInfo.InvariantCulture));
            else if (line.Split(' ') is [string whole, .. string[] parts])
                decompositions.Add(ParseRune(whole), [.. parts.Select(ParseRune)]);
        }
        return (decompositions, classes);
    }

    private static Rune ParseRune(string code) =>
        new(int.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
}
