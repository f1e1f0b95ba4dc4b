using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg check</c>: what is wrong with a data set.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Option<string> images = CommonOptions.Images("A folder of images.", "DIR");
        Option<string?> masks = CommonOptions.Masks(), suffix = CommonOptions.MaskSuffix(), split = CommonOptions.Split();
        masks.Required = true;
        split.Description += " Its images are checked, and no picture may be in two parts.";
        Option<string?> classes = CommonOptions.Classes();
        Option<int?> ignore = CommonOptions.Ignore("The value in the masks that belongs to no class, such as 255. [default: none]");
        Option<int?> threshold = CommonOptions.MaskThreshold();
        Option<SampleRange?> range = CommonOptions.Range("[default: the least and the greatest of their type]");
        Option<bool> json = CommonOptions.Json();
        return new Command("check", "Look for what is wrong with images and masks; training does so too. Ends with 1 where there is an error.")
        {
            images, masks, suffix, split, classes, ignore, threshold, range, json,
        }
        .Runs((result, cancellation) => Run(
            LabelledImages.Samples(result.GetRequiredValue(images), result.GetRequiredValue(masks)!, result.GetValue(split), result.GetValue(suffix)),
            result.GetValue(classes), result.GetValue(ignore), result.GetValue(threshold), result.GetValue(range), result.GetValue(json), cancellation));
    }

    private static void Run(IReadOnlyList<DataSample> samples, string? classes, int? ignore, int? threshold, SampleRange? range, bool isJson, CancellationToken cancellation)
    {
        DataReport report = CheckedData.Run(samples, classes, ignore, threshold, range, isJson, cancellation).Report;
        string counts = $"{Plural.Of(report.Errors, "error")} and {Plural.Of(report.Warnings, "warning")} "
            + $"in {Plural.Of(report.Images, "image")}";
        if (isJson) JsonOutput.Write(FindingsReport.ToJson(report));
        else
        {
            if (report.Findings.Count > 0) Console.WriteLine(FindingsReport.ToText(report.Findings));
            Console.WriteLine($"{counts}.");
        }
        if (report.Errors > 0) throw new InvalidDataException($"The data has {counts}.");
    }
}
