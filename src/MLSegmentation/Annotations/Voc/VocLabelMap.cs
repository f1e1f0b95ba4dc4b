using System.Globalization;

namespace MLSegmentation;

/// <summary>
/// CVAT's <c>labelmap.txt</c>: lines such as <c>scratch:128,0,0::</c>, a name and its colour, behind a line that begins with
/// <c>#</c>. The background is the first class, wherever it stands.
/// </summary>
/// <param name="Names">The names of the classes.</param>
/// <param name="Labels">The class of each colour.</param>
internal sealed record VocLabelMap(IReadOnlyList<string> Names, IReadOnlyDictionary<Rgb, int> Labels)
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "labelmap.txt";

    /// <summary>The label of the colour that belongs to no class.</summary>
    public const int Ignored = ushort.MaxValue;

    // VOC's border: white-ish, of index 255.
    private static readonly Rgb _border = new(224, 224, 192);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">A line has no name or no colour, or one is there twice.</exception>
    public static VocLabelMap Read(string path)
    {
        List<(string Name, Rgb Colour)> entries = [];
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            string text = line.Trim();
            if (text.Length == 0 || text[0] == '#') continue;
            string[] parts = text.Split(':');
            Rgb? colour = parts.Length > 1 ? Parse(parts[1]) : null;
            if (parts[0].Length == 0 || colour is null || entries.Any(entry => entry.Name == parts[0] || entry.Colour == colour))
            {
                throw new InvalidDataException(
                    $"Line {index + 1} of '{path}' is '{PrintableText.Of(text)}', expected a name and a colour that no other "
                    + "line has, such as scratch:128,0,0::.");
            }
            entries.Add((parts[0], colour.Value));
        }
        var classes = new ClassIndex([.. entries.Select(entry => entry.Name)]);
        Dictionary<Rgb, int> labels = entries.ToDictionary(entry => entry.Colour, entry => classes.Find(entry.Name)!.Value);
        // Where no label is the background, it is black.
        labels.TryAdd(default, 0);
        labels.TryAdd(_border, Ignored);
        return new VocLabelMap(classes.Names, labels);
    }

    private static Rgb? Parse(string text) =>
        text.Split(',') is [var red, var green, var blue]
            && byte.TryParse(red, CultureInfo.InvariantCulture, out byte r)
            && byte.TryParse(green, CultureInfo.InvariantCulture, out byte g)
            && byte.TryParse(blue, CultureInfo.InvariantCulture, out byte b)
                ? new Rgb(r, g, b)
                : null;
}
