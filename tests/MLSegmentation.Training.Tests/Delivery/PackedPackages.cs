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
        string version = $"0.2.0-test.{DateTime.UtcNow.Ticks}";
        string configuration =
            typeof(PackedPackages).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        foreach (string project in (string[])["MLSegmentation", "MLSegmentation.Training"])
        {
            DotnetCommand.RunOrFail(
                Path.Combine(SharedData.Repository, "src", project),
                "pack", "--no-build", "-c", configuration, "-o", feed, $"-p:Version={version}",
                $"-p:NuspecOutputPath={Path.Combine(feed, "nuspec")}/");
        }
        return new PackedPackages(feed, version);
    }

    /// <summary>The names of the files in a package.</summary>
    public string[] Files(string package) => Files(package, "nupkg");

    /// <summary>The names of the files in a package's symbol package.</summary>
    public string[] SymbolFiles(string package) => Files(package, "snupkg");

    /// <summary>A package's description with its dependencies.</summary>
    public string Nuspec(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(PathOf(package, "nupkg"));
        using var reader = new StreamReader(zip.GetEntry($"{package}.nuspec")!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>Adds a package to the feed as another version of itself.</summary>
    public void Republish(string package, string version)
    {
        string copy = Path.Combine(Feed, $"{package}.{version}.nupkg");
        File.Copy(PathOf(package, "nupkg"), copy);
        string nuspec = Nuspec(package)
            .Replace($"<version>{Version}</version>", $"<version>{version}</version>", StringComparison.Ordinal);
        using ZipArchive zip = ZipFile.Open(copy, ZipArchiveMode.Update);
        zip.GetEntry($"{package}.nuspec")!.Delete();
        using var writer = new StreamWriter(zip.CreateEntry($"{package}.nuspec").Open());
        writer.Write(nuspec);
    }

    private string[] Files(string package, string extension)
    {
        using ZipArchive zip = ZipFile.OpenRead(PathOf(package, extension));
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    private string PathOf(string package, string extension) => Path.Combine(Feed, $"{package}.{Version}.{extension}");
}
