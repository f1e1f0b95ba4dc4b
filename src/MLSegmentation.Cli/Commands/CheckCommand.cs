using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg check</c>: what is wrong with a data set.</summary>
internal static class CheckCommand
{
    public static Command Create() =>
        new Command(
            "check", "Look for what is wrong with images and masks; training does so too. Ends with 1 where there is an error.")
            .Runs(CheckGroup.Create(), Run);

    private static void Run(CheckOptions options, CancellationToken cancellation)
    {
        using LabelledSet set = LabelledSet.OpenToCheck(options, null, null, options.IsJson, cancellation);
        DataReport report = CheckedData.Run([set], options, options.SampleRange, options.IsJson, cancellation).Report;
        string counts = $"{Plural.Of(report.Errors, "error")} and {Plural.Of(report.Warnings, "warning")} "
            + $"in {Plural.Of(report.Images, "image")}";
        if (options.IsJson) JsonOutput.Write(FindingsReport.ToJson(report));
        else
        {
            if (report.Findings.Count > 0) Console.WriteLine(FindingsReport.ToText(report.Findings));
            Console.WriteLine($"{counts}.");
        }
        if (report.Errors > 0) throw new InvalidDataException($"The data has {counts}.");
    }
}
