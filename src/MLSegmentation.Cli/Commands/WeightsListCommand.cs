using System.CommandLine;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg weights list</c>: the official weight files, and which of them are on this machine.</summary>
internal static class WeightsListCommand
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        return new Command("list", "Show the weights that can be had, and which are on this machine.") { json }
            .Runs((result, _) => Run(result.GetValue(json)));
    }

    private static void Run(bool isJson)
    {
        if (isJson) JsonOutput.Write(new { folder = WeightCache.Folder, files = WeightCatalogue.All.Select(ToJson) });
        else Print();
    }

    private static object ToJson(PublishedWeights file)
    {
        FoundWeights? found = FoundWeights.Of(file);
        return new
        {
            name = file.Name,
            encoder = file.Encoder,
            file = file.FileName,
            bytes = file.Size,
            sha256 = file.Sha256,
            url = file.Url,
            package = file.Package is { } package ? $"{package.Package} {package.Version}" : null,
            here = found is not null,
            path = found?.Path,
            partBytes = PartBytes(file),
        };
    }

    private static void Print()
    {
        Line("name", "networks", "MB", "here", "file");
        foreach (PublishedWeights file in WeightCatalogue.All)
        {
            string size = DownloadReport.Megabytes(file.Size), description = $"{file.FileName} ({file.Description})";
            Line(file.Name, $"*-{file.Encoder}", size, Here(file), description);
        }
        Console.WriteLine($"The folder is {WeightCache.Folder}.");
    }

    private static void Line(string name, string networks, string size, string here, string file) =>
        Console.WriteLine($"{name,-18}{networks,-12}{size,7}  {here,-11}{file}");

    private static string Here(PublishedWeights file) => FoundWeights.Of(file)?.Place switch
    {
        WeightPlace.Application => "with mlseg",
        WeightPlace.NuGet => "in NuGet",
        WeightPlace.Cache => "yes",
        _ => PartBytes(file) is > 0 and long bytes ? $"{DownloadReport.Megabytes(bytes)} MB" : "no",
    };

    private static long PartBytes(PublishedWeights file) =>
        new FileInfo(WeightCache.PathOf(file) + WeightDownload.PartSuffix) is { Exists: true } part ? part.Length : 0;
}
