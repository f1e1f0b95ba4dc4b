using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg convert</c>: labels of one tool in the form of another.</summary>
internal static class ConvertCommand
{
    public static Command Create() =>
        new Command(
            "convert",
            "Convert labels between the formats of annotation tools and folders of masks. Regions are painted in their order, "
            + "and each connected region of a class is written as one.")
            .Runs(ConvertGroup.Create(), Run);

    private static void Run(ConvertOptions options, CancellationToken cancellation)
    {
        ConversionReport report = Conversion.Run(options, cancellation);
        if (options.IsJson) JsonOutput.Write(report.ToJson());
        else Console.WriteLine(string.Join(Environment.NewLine, report.Lines()));
    }
}
