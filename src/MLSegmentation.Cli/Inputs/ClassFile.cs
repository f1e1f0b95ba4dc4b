using System.Globalization;
using System.Text.RegularExpressions;

namespace MLSegmentation.Cli;

/// <summary>
/// Reads a file of class names: one a line, <c>name</c> or <c>index name</c>, with an optional colour <c>#RRGGBB</c> behind it.
/// Several indices of one name are one class; indices may be left out, as in masks of 0 and 255.
/// </summary>
internal static partial class ClassFile
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">The file; empty lines are passed over.</param>
    /// <param name="ignore">The label value that is no class; its line, where there is one, names no class.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The lines are not as expected.</exception>
    public static ClassList Read(string path, int? ignore)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"The file of classes '{path}' does not exist. Full path: '{Path.GetFullPath(path)}'.", path);
        }
        string[] lines = [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
        if (lines.FirstOrDefault(line => char.IsDigit(line[0]) && !char.IsAsciiDigit(line[0])) is { } foreign)
            throw Wrong(path, $"has the line '{foreign}', whose number is not of the digits 0 to 9");
        bool isNumbered = lines.All(line => Numbered().IsMatch(line));
        var entries = new SortedDictionary<int, Entry>();
        foreach (string line in lines)
        {
            Entry entry = Parse(line, isNumbered ? null : entries.Count, path);
            if (!entries.TryAdd(entry.Index, entry))
                throw Wrong(path, $"has the index {entry.Index} twice: '{entries[entry.Index].Name}' and '{entry.Name}'");
        }

        // Only the last index can go: without one before it, the classes behind it would have other numbers than in the masks.
        Entry? ignored = ignore is int value ? entries.GetValueOrDefault(value) : null;
        if (ignored is not null && ignored.Index == entries.Keys.Last()) entries.Remove(ignored.Index);
        return ToClasses([.. entries.Values], ignored, path);
    }

    private static ClassList ToClasses(Entry[] entries, Entry? ignored, string path)
    {
        Entry[] classes = [.. entries.GroupBy(entry => entry.Name).Select(lines => Merge([.. lines], path))];
        if (classes.Length < 2)
            throw Wrong(path, $"names {Plural.Of(classes.Length, "class")}, expected at least 2: what is sought and the rest");
        Dictionary<string, int> indices = classes.Select((entry, index) => (entry.Name, index)).ToDictionary();
        int[] classOfLabel = [.. Enumerable.Repeat(-1, entries[^1].Index + 1)];
        foreach (Entry entry in entries) classOfLabel[entry.Index] = indices[entry.Name];
        return new ClassList([.. classes.Select(entry => entry.Name)], Colours(classes, ignored?.Colour), ignored?.Colour)
        {
            ClassOfLabel = classOfLabel.SequenceEqual(Enumerable.Range(0, classes.Length)) ? null : classOfLabel,
        };
    }

    /// <summary>A colour for each class where any is given: the others have those of Pascal VOC that are not taken.</summary>
    private static Rgb[]? Colours(Entry[] classes, Rgb? ignored)
    {
        if (classes.All(entry => entry.Colour is null)) return null;
        HashSet<Rgb> taken = [.. classes.Select(entry => entry.Colour).Append(ignored).OfType<Rgb>()];

        // Twice as many as there are classes: as many as may be taken, and one for the ignored.
        Rgb[] map = Palette.Voc((2 * classes.Length) + 1);
        return [.. classes.Select((entry, index) => entry.Colour ?? map.Skip(index).First(taken.Add))];
    }

    /// <summary>The lines of one class as one: any of them may give its colour.</summary>
    private static Entry Merge(Entry[] lines, string path)
    {
        Rgb?[] colours = [.. lines.Select(line => line.Colour).Where(colour => colour is not null).Distinct()];
        return colours.Length > 1
            ? throw Wrong(path, $"gives '{lines[0].Name}' two colours")
            : lines[0] with { Colour = colours.FirstOrDefault() };
    }

    private static Entry Parse(string line, int? index, string path)
    {
        if (index is null)
        {
            Match numbered = Numbered().Match(line);
            index = int.Parse(numbered.Groups[1].Value, CultureInfo.InvariantCulture);
            line = numbered.Groups[2].Value;
        }
        Rgb? colour = null;
        if (Coloured().Match(line) is { Success: true } match)
        {
            colour = Rgb.Parse(match.Groups[1].Value);
            line = line[..match.Index];
        }
        if (index > ushort.MaxValue) throw Wrong(path, $"has the index {index}, expected 0 to {ushort.MaxValue}");
        return line.Length > 0
            ? new Entry(index.Value, line, colour)
            : throw Wrong(path, $"has a colour without a name in the line {index + 1}");
    }

    private static InvalidDataException Wrong(string path, string what) =>
        new(
            $"The file of classes '{path}' {what}. Write one class a line: 'name', numbered from 0, or 'index name', with an "
            + "optional colour #RRGGBB.");

    // What has a colour alone behind a number is a class that is called by the number.
    [GeneratedRegex(@"^([0-9]{1,5})\s+((?!#[0-9A-Fa-f]{6}$)\S.*)$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\s*(#[0-9A-Fa-f]{6})$")]
    private static partial Regex Coloured();

    private sealed record Entry(int Index, string Name, Rgb? Colour);
}
