using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg split</c>.</summary>
internal static class SplitGroup
{
    private static readonly SplitOptions _defaults = new();

    public static OptionGroup<SplitOptions> Create() => new()
    {
        {
            CommonOptions.LabelledImages("A folder of images."),
            options => options.Images,
            (options, value) => options with { Images = value }
        },
        { LabelGroup.Create<SplitOptions>(), options => options, (_, changed) => changed },
        { CommonOptions.Classes(), options => options.ClassFile, (options, value) => options with { ClassFile = value } },
        {
            CommonOptions.Out("The split file to write, for --split of other commands.", "FILE.csv"),
            options => options.Out,
            (options, value) => options with { Out = value }
        },
        { Fractions(), options => options.Fractions, (options, value) => options with { Fractions = value! } },
        {
            CommandOption.Of<string>(
                "--group-by", "REGEX",
                "What is equal in the names of images that stay in one part, such as ^[^_]+ for what stands before the first "
                + "underscore. Of an expression with a group in parentheses, what that finds. [default: each image for itself]"),
            options => options.GroupBy,
            (options, value) => options with { GroupBy = value }
        },
        {
            CommandOption.Of("--seed", "N", "Equal seeds give equal parts.", _defaults.Seed),
            options => options.Seed,
            (options, value) => options with { Seed = value }
        },
        {
            CommandOption.Flag("--overwrite", "Replace the file that --out names."),
            options => options.Overwrites,
            (options, value) => options with { Overwrites = value }
        },
        { CommonOptions.Json(), options => options.IsJson, (options, value) => options with { IsJson = value } },
        CommonOptions.MasksOrAnnotationsNeeded,
    };

    private static Option<SplitFractions?> Fractions() => CommandOption.Parsed<SplitFractions?>(
        "--split-fraction", "X/Y/Z",
        "The shares of train, validation and test, or of train and test. [default: 0.8/0.1/0.1]", result =>
        {
            string text = result.Tokens[0].Value;
            if (SplitFractions.Parse(text) is { } fractions) return fractions;
            result.AddError(
                $"Option '--split-fraction' is {text}, expected two or three numbers above 0 that sum to 1, such as "
                + "0.8/0.1/0.1.");
            return null;
        });
}
