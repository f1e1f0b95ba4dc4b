using System.Globalization;
using System.Text.RegularExpressions;
using MLSegmentation.Masks;

namespace MLSegmentation.Cli.Inputs;

/// <summary>
/// Reads a file of class names: one a line, <c>name</c> or <c>index name</c>, with an optional colour <c>#RRGGBB</c> behind it. Several
/// indices of one name are one class.
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
        if (!File.Exists(path)) throw new FileNotFoundException($"The file of classes '{path}' does not exist. Full path: '{Path.GetFullPath(path)}'.", path);
        string[] lines = [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
        bool isNumbered = lines.All(line => Numbered().IsMatch(line));
        var entries = new SortedDictionary<int, Entry>();
        foreach (string line in lines)
        {
            Entry entry = Parse(line, isNumbered ? null : entries.Count, path);
            if (!entries.TryAdd(entry.Index, entry)) throw Wrong(path, $"has the index {entry.Index} twice: '{entries[entry.Index].Name}' and '{entry.Name}'");
        }

        // Only the last index can go: without one before it, the classes behind it would have other numbers than in the masks.
        Entry? ignored = ignore is int value ? entries.GetValueOrDefault(value) : null;
        if (ignored is not null && ignored.Index == entries.Keys.Last()) entries.Remove(ignored.Index);
        return ToClasses([.. entries.Values], ignored, path);
    }

    private static ClassList ToClasses(Entry[] entries, Entry? ignored, string path)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i].Index != i) throw Wrong(path, $"has no line for the index {i}, but one for {entries[i].Index}");
        }
        Entry[] classes = [.. entries.GroupBy(entry => entry.Name).Select(lines => Merge([.. lines], path))];
        if (classes.Length < 2) throw Wrong(path, $"names {classes.Length} classes, expected at least 2: what is sought and the rest");
        int coloured = classes.Count(entry => entry.Colour is not null);
        if (coloured > 0 && coloured < classes.Length) throw Wrong(path, $"has colours for {coloured} of {classes.Length} classes, expected one for each or none");
        return new ClassList(
            [.. classes.Select(entry => entry.Name)], coloured == 0 ? null : [.. classes.Select(entry => entry.Colour!.Value)], ignored?.Colour)
        {
            ClassOfLabel = classes.Length == entries.Length ? null : [.. entries.Select(entry => Array.FindIndex(classes, one => one.Name == entry.Name))],
        };
    }

    /// <summary>The lines of one class as one: any of them may give its colour.</summary>
    private static Entry Merge(Entry[] lines, string path)
    {
        Rgb?[] colours = [.. lines.Select(line => line.Colour).Where(colour => colour is not null).Distinct()];
        return colours.Length > 1 ? throw Wrong(path, $"gives '{lines[0].Name}' two colours") : lines[0] with { Colour = colours.FirstOrDefault() };
    }

    private static Entry Parse(string line, int? index, string path)
    {
        Rgb? colour = null;
        if (Coloured().Match(line) is { Success: true } match)
        {
            colour = Rgb.Parse(match.Groups[1].Value);
            line = line[..match.Index];
        }
        if (index is null)
        {
            Match numbered = Numbered().Match(line);
            index = int.Parse(numbered.Groups[1].Value, CultureInfo.InvariantCulture);
            line = numbered.Groups[2].Value;
        }
        return line.Length > 0 ? new Entry(index.Value, line, colour) : throw Wrong(path, $"has a colour without a name in the line {index + 1}");
    }

    private static InvalidDataException Wrong(string path, string what) =>
        new($"The file of classes '{path}' {what}. Write one class a line: 'name' or 'index name', from 0, each with an optional colour #RRGGBB.");

    [GeneratedRegex(@"^(\d{1,5})\s+([^#\s].*)$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\s*(#[0-9A-Fa-f]{6})$")]
    private static partial Regex Coloured();

    private sealed record Entry(int Index, string Name, Rgb? Colour);
}
