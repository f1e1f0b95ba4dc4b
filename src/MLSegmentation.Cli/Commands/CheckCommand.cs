using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg check</c>: what is wrong with a data set.</summary>
internal static class CheckCommand
{
    public static Command Create() =>
        new Command(
            "check", "Look for what is wrong with images and masks; training does so too. Ends with 1 where there is an error.")
            .Runs(Options(), Run);

    private static OptionGroup<CheckOptions> Options() => new()
    {
        {
            CommonOptions.Images("A folder of images.", "DIR"),
            options => options.Images,
            (options, value) => options with { Images = value }
        },
        { CommonOptions.Masks(isRequired: true), options => options.Masks, (options, value) => options with { Masks = value } },
        { CommonOptions.MaskSuffix(), options => options.MaskSuffix, (options, value) => options with { MaskSuffix = value } },
        {
            CommonOptions.Split(" Its images are checked, and no picture may be in two parts."),
            options => options.Split,
            (options, value) => options with { Split = value }
        },
        { CommonOptions.Classes(), options => options.ClassFile, (options, value) => options with { ClassFile = value } },
        {
            CommonOptions.Ignore("The value in the masks that belongs to no class, such as 255. [default: none]"),
            options => options.Ignore,
            (options, value) => options with { Ignore = value }
        },
        {
            CommonOptions.MaskThreshold(),
            options => options.MaskThreshold,
            (options, value) => options with { MaskThreshold = value }
        },
        {
            CommonOptions.Range("[default: the least and the greatest of their type]"),
            options => options.SampleRange,
            (options, value) => options with { SampleRange = value }
        },
        { CommonOptions.Json(), options => options.IsJson, (options, value) => options with { IsJson = value } },
    };

    private static void Run(CheckOptions options, CancellationToken cancellation)
    {
        DataReport report = CheckedData.Run(
            LabelledImages.Samples(options), options, options.SampleRange, options.IsJson, cancellation).Report;
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
