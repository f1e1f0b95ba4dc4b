using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg merge</c>: the metrics of a set that was evaluated in parts.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "Confusion matrices of 'mlseg evaluate --matrix', of the same classes.",
            Arity = ArgumentArity.OneOrMore,
        };
        var target = new Option<string?>("--out") { Description = "Write the sum as such a file too.", HelpName = "FILE" };
        Option<bool> json = CommonOptions.Json();
        return new Command("merge", "Sum the confusion matrices of parts of a set, and print the metrics of the whole.")
        {
            files,
            target,
            json,
        }
            .Runs((result, _) => Run(result.GetRequiredValue(files), result.GetValue(target), result.GetValue(json)));
    }

    private static void Run(string[] files, string? target, bool isJson)
    {
        var (sum, classNames) = ConfusionMatrixFile.Read(files[0]);
        foreach (string file in files.Skip(1))
        {
            var (matrix, names) = ConfusionMatrixFile.Read(file);
            if (!names.SequenceEqual(classNames))
            {
                throw new InvalidDataException(
                    $"'{file}' has the classes {ClassText.Join(names)}, but '{files[0]}' has {ClassText.Join(classNames)}. "
                    + "Give matrices of the same classes in the same order.");
            }
            Add(matrix, file, sum);
        }
        var metrics = new SegmentationMetrics(sum, classNames);
        if (target is not null)
        {
            AtomicFile.Prepare(target);
            ConfusionMatrixFile.Write(target, sum, classNames);
        }
        if (isJson) JsonOutput.Write(MetricsReport.ToJson(metrics));
        else Console.WriteLine(metrics);
    }

    private static void Add(PixelConfusionMatrix matrix, string file, PixelConfusionMatrix sum)
    {
        try
        {
            sum.Merge(matrix);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"'{file}' cannot be added to the files before it: {error.Message}", error);
        }
    }
}
