using System.IO.Compression;
using System.Reflection;
using MLSegmentation.Tests;

namespace MLSegmentation.Training.Tests;

/// <summary>The packages of this build in a folder of their own, under a version that nothing else has.</summary>
internal sealed class PackedPackages
{
    private PackedPackages(string feed, string version) => (Feed, Version) = (feed, version);

    public string Feed { get; }

    public string Version { get; }

    /// <summary>Packs what was built together with this test; nothing is built anew.</summary>
    public static PackedPackages Pack(string feed)
    {
        string version = $"0.1.0-test.{DateTime.UtcNow.Ticks}";
        string configuration = typeof(PackedPackages).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        foreach (string project in (string[])["MLSegmentation", "MLSegmentation.Training"])
        {
            DotnetCommand.RunOrFail(
                Path.Combine(SharedData.Repository, "src", project),
                "pack", "--no-build", "-c", configuration, "-o", feed, $"-p:Version={version}", $"-p:NuspecOutputPath={Path.Combine(feed, "nuspec")}/");
        }
        return new PackedPackages(feed, version);
    }

    /// <summary>The names of the files in a package.</summary>
    public string[] Files(string package)
    {
        using ZipArchive zip = Open(package);
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    /// <summary>A package's description with its dependencies.</summary>
    public string Nuspec(string package)
    {
        using ZipArchive zip = Open(package);
        using var reader = new StreamReader(zip.GetEntry($"{package}.nuspec")!.Open());
        return reader.ReadToEnd();
    }

    private ZipArchive Open(string package) => ZipFile.OpenRead(Path.Combine(Feed, $"{package}.{Version}.nupkg"));
}
