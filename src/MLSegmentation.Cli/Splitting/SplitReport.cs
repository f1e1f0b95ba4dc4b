using System.Globalization;

namespace MLSegmentation.Cli;

/// <summary>What the parts of a split have, as a table and as JSON.</summary>
internal static class SplitReport
{
    /// <summary>Prints it.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="classNames">The classes.</param>
    /// <param name="images">The classes that each image shows, and its part.</param>
    /// <param name="copies">The number of images that are near copies of others.</param>
    /// <param name="alone">The number of images in whose names nothing says the group.</param>
    public static void Print(
        SplitOptions options, IReadOnlyList<string> classNames,
        IReadOnlyList<(IReadOnlyCollection<int> Classes, int Part)> images, int copies, int alone)
    {
        string[] parts = [.. options.Fractions.Parts.Select(part => part.Name)];
        int Count(int part, int? value) =>
            images.Count(one => one.Part == part && (value is not { } wanted || one.Classes.Contains(wanted)));
        if (options.IsJson)
        {
            JsonOutput.Write(new
            {
                file = options.Out,
                copiesKeptTogether = copies,
                parts = parts.Index().ToDictionary(part => part.Item, part => new
                {
                    images = Count(part.Index, null),
                    imagesOfClass = classNames.Index().ToDictionary(one => one.Item, one => Count(part.Index, one.Index)),
                }),
            });
            return;
        }
        var table = new TextTable(["", .. parts]);
        table.Add(Row("images", null));
        foreach (var (index, name) in classNames.Index()) table.Add(Row($"with {name}", index));
        Console.WriteLine(table);
        if (copies > 0) Console.WriteLine($"{Plural.Of(copies, "image")} stayed with those that they are near copies of.");
        if (options.GroupBy is not null && alone > 0)
            Console.WriteLine($"In {Plural.Of(alone, "name")} '{options.GroupBy}' finds nothing: each is a group of its own.");
        Console.WriteLine($"Wrote {options.Out}.");

        string[] Row(string name, int? value) =>
            [name, .. parts.Index().Select(part => Count(part.Index, value).ToString(CultureInfo.InvariantCulture))];
    }
}
