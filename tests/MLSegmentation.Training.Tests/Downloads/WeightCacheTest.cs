using MLSegmentation.Tests;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class WeightCacheTest
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("mlseg-test-");
    private ChangedEnvironment _environment = null!;

    [TestInitialize]
    public void SetHome() => _environment = new ChangedEnvironment((CacheFolder.Variable, _home.FullName));

    [TestCleanup]
    public void ResetHome()
    {
        _environment.Dispose();
        _home.Delete(recursive: true);
    }

    [TestMethod]
    public void Find_NotThere_SaysHowToGetIt()
    {
        var error = Assert.ThrowsExactly<FileNotFoundException>(() => WeightCache.Find("vgg16"));
        Assert.Contains("mlseg weights get vgg16", error.Message);
        Assert.Contains(_home.FullName, error.Message);
    }

    [TestMethod]
    public void Find_There_IsItsPath()
    {
        string path = Write("resnet18", WeightCatalogue.Find("resnet18").Size);
        Assert.AreEqual(Path.Combine(_home.FullName, "weights", "resnet18-f37072fd.pth"), path);
        Assert.AreEqual(path, WeightCache.Find("resnet18"));
    }

    [TestMethod]
    public void Find_OtherLength_SaysBothAndHowToReplaceIt()
    {
        Write("resnet18", 1000);
        var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightCache.Find("resnet18"));
        string[] words = ["1000 bytes", "46830571", "mlseg weights get resnet18"];
        foreach (string word in words) Assert.Contains(word, error.Message);
    }

    [TestMethod]
    public void Find_PackagedFile_IsLookedForBesideTheApplicationInTheCacheAndInNuGet()
    {
        using var folder = new DownloadFolder();
        var package = new PackagedFile("Test.Weights", "1.0.0", "tools/test.bin", $"models/{Guid.NewGuid():N}.bin");
        PublishedWeights file = folder.File with { Package = package };
        using var packages = new ChangedEnvironment(("NUGET_PACKAGES", Path.Combine(_home.FullName, "packages")));
        string inNuGet = Path.Combine(_home.FullName, "packages", "test.weights", "1.0.0", "tools", "test.bin");
        string inApplication = Path.Combine(AppContext.BaseDirectory, package.OutputPath);
        Assert.IsNull(FoundWeights.Of(file));

        WriteAll(inNuGet, folder.Content);
        Assert.AreEqual(new FoundWeights(inNuGet, WeightPlace.NuGet), FoundWeights.Of(file));
        WriteAll(WeightCache.PathOf(file), folder.Content);
        Assert.AreEqual(new FoundWeights(WeightCache.PathOf(file), WeightPlace.Cache), FoundWeights.Of(file));
        WriteAll(inApplication, folder.Content[1..]);
        Assert.AreEqual(WeightPlace.Cache, FoundWeights.Of(file)!.Place, "one of another length");
        WriteAll(inApplication, folder.Content);
        Assert.AreEqual(new FoundWeights(inApplication, WeightPlace.Application), FoundWeights.Of(file));
        File.Delete(inApplication);
    }

    [TestMethod]
    public void Find_Path_IsThatPath()
    {
        string path = Path.Combine(_home.FullName, "own.safetensors");
        File.WriteAllBytes(path, [1]);
        Assert.AreEqual(path, WeightCache.Find(path));
    }

    [TestMethod]
    public void Find_NeitherNameNorPath_NamesWhatThereIs()
    {
        var error = Assert.ThrowsExactly<FileNotFoundException>(() => WeightCache.Find("vgg17"));
        foreach (PublishedWeights file in WeightCatalogue.All) Assert.Contains(file.Name, error.Message);
    }

    private static void WriteAll(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    // Sparse: the length is what counts here.
    private static string Write(string name, long length)
    {
        string path = WeightCache.PathOf(WeightCatalogue.Find(name));
        Directory.CreateDirectory(WeightCache.Folder);
        using FileStream stream = File.Create(path);
        stream.SetLength(length);
        return path;
    }
}
