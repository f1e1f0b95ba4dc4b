using System.CommandLine;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg weights get</c>: brings an official weight file into the cache.</summary>
internal static class WeightsGetCommand
{
    public static Command Create()
    {
        string[] names = [.. WeightCatalogue.All.Select(file => file.Name)];
        var name = new Argument<string>("NAME") { Description = $"One of: {string.Join(", ", names)}." };
        name.Validators.Add(result =>
        {
            foreach (string typed in result.Tokens.Select(token => token.Value).Except(names))
            {
                result.AddError(
                    $"There are no weights '{typed}', expected {string.Join(", ", names)}.{Suggestion.For(typed, names)}");
            }
        });
        var url = new Option<string?>("--url")
        {
            Description = "Fetch from this address, such as a mirror's; the SHA-256 is checked too. [default: the publisher's]",
            HelpName = "URL",
        };
        url.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !IsHttp(result.Tokens[0].Value))
                result.AddError($"Option '--url' is {result.Tokens[0].Value}, expected an address with http:// or https://.");
        });
        Option<bool> json = CommonOptions.Json();
        const string Description = "Download trained weights and check their SHA-256; an earlier run is continued. "
            + $"{WeightCatalogue.ResNet18ImageNet} comes with this tool; else it is taken from NuGet's folder or sources. "
            + $"They are kept in the folder {CacheFolder.Variable}, by default in the system's cache folder.";
        return new Command("get", Description) { name, url, json }.Runs((result, cancellation) => Run(
            WeightCatalogue.Find(result.GetRequiredValue(name)), result.GetValue(url), result.GetValue(json), cancellation));
    }

    private static bool IsHttp(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && WeightDownloadOptions.IsHttp(address);

    private static void Run(PublishedWeights file, string? url, bool isJson, CancellationToken cancellation)
    {
        DownloadedWeights weights = ProgressDisplay.Run($"connecting for {file.Name}", isJson, progress => Get(
            file,
            new WeightDownloadOptions { Url = url is null ? null : new Uri(url), Progress = new DownloadReport(progress) },
            cancellation));
        if (isJson) JsonOutput.Write(ToJson(file, weights));
        else if (weights.BytesReceived == 0) Console.WriteLine($"{weights.Path} is there already. Its SHA-256 is right.");
        else Console.WriteLine($"Wrote {weights.Path} ({DownloadReport.Megabytes(file.Size)} MB). Its SHA-256 is right.");
    }

    private static object ToJson(PublishedWeights file, DownloadedWeights weights) => new
    {
        name = file.Name,
        path = weights.Path,
        bytes = file.Size,
        sha256 = file.Sha256,
        received = weights.BytesReceived,
    };

    private static DownloadedWeights Get(PublishedWeights file, WeightDownloadOptions options, CancellationToken cancellation)
    {
        try
        {
            return WeightFetch.GetAsync(file, options, Environment.CurrentDirectory, cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (file.Package is null)
        {
            throw new CancelledException("Cancelled. What has arrived is kept; run it again to go on from there.");
        }
    }
}
