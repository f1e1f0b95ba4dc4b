using System.Text.RegularExpressions;

namespace MLSegmentation.Cli;

/// <summary>Puts images into parts and writes the split file.</summary>
internal static class DataSplit
{
    private static readonly TimeSpan _longestMatch = TimeSpan.FromSeconds(1);

    /// <summary>Splits, writes the file, and prints what each part has.</summary>
    /// <exception cref="IOException">A folder or file is missing, or the split file is there already.</exception>
    /// <exception cref="InvalidDataException">The data has errors, or there are too few images.</exception>
    public static void Run(SplitOptions options, CancellationToken cancellation)
    {
        AtomicFile.Prepare(options.Out);
        if (File.Exists(options.Out) && !options.Overwrites)
            throw new IOException($"There is a file '{options.Out}' already. Give another name with --out, or --overwrite.");
        using LabelledSet set = LabelledSet.OpenToCheck(options, null, null, options.IsJson, cancellation);
        CheckedData data = CheckedData.Run([set], options, null, options.IsJson, cancellation);
        FindingsReport.RequireNoErrors(data.Report.Findings, "split");
        SampleFacts[] images = [.. data.Report.Facts.Where(one => one.Sample.ImagePath is not null)];
        var groups = new ImageGroups(images.Length);
        string?[] names = [.. Names(options.GroupBy, images)];
        groups.JoinNames(names);
        groups.JoinNames([.. images.Select(one => one.Image!.Sha256)]);
        int copies = groups.JoinCopies([.. images.Select(one => one.Image!.Look)]);
        IReadOnlyCollection<int>[] classes =
            [.. images.Select(one => data.Report.Meaning!.Classes(one.Mask!).Select(found => found.Class).ToHashSet())];
        int[] parts = StratifiedSplit.Assign(
            classes, groups.Numbers, [.. options.Fractions.Parts.Select(part => part.Fraction)], options.Seed);
        SplitFile.Write(
            options.Out, images.Select((one, index) => (one.Sample.Name, options.Fractions.Parts[parts[index]].Name)));
        SplitReport.Print(
            options, data.Classes.Names, [.. classes.Zip(parts)], copies, names.Count(name => name is null));
    }

    private static string? Name(Regex group, string image)
    {
        try
        {
            Match match = group.Match(image);
            return !match.Success ? null : match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
        }
        catch (RegexMatchTimeoutException)
        {
            throw new UsageException(
                $"Option '--group-by' takes more than a second for the name '{PrintableText.Of(image)}'. Give an expression "
                + "without repetitions in repetitions.");
        }
    }

    private static IEnumerable<string?> Names(string? expression, SampleFacts[] images)
    {
        if (expression is null) return new string?[images.Length];
        Regex group;
        try
        {
            group = new Regex(expression, RegexOptions.CultureInvariant, _longestMatch);
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"Option '--group-by' is no regular expression: {error.Message}");
        }
        return images.Select(one => Name(group, one.Sample.Name));
    }
}
