using System.Diagnostics;
using System.Text.Json;
using MLSegmentation.Tests;
using MLSegmentation.Training;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class WeightsTest
{
    private static readonly PublishedWeights _file = WeightCatalogue.Find("resnet18");
    private readonly TestFolder _home = new();
    private ChangedEnvironment _environment = null!;

    private string Folder => _home["cache", "weights"];

    private string PartPath => InCache($"{_file.FileName}.part");

    // The processes that tests start get this one's environment.
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
    public void Get_KilledThenWrongContent_GoesOnWhereItWasAndLeavesNothing()
    {
        const int cut = 1_000_000;
        using var server = new LoopbackFileServer(new byte[_file.Size], new ServerFault { StallAfter = cut });

        using (Process process = Mlseg.Start("weights", "get", _file.Name, "--url", $"{server.Url}"))
        {
            WaitForPart(cut);
            process.Kill();
            process.WaitForExit();
        }
        MlsegResult second = Mlseg.Run("weights", "get", _file.Name, "--url", $"{server.Url}");

        second.RequireError(1, "SHA-256", _file.Sha256, $"{server.Url}");
        CollectionAssert.AreEqual(new[] { 0, cut }, server.Requests.Select(request => request.From).ToArray());
        RequireNothing();
    }

    [TestMethod]
    public void Get_NotThere_ExitsWithOneAndSaysWhere()
    {
        using var server = new LoopbackFileServer([], new ServerFault { Status = 404 });

        Mlseg.Run("weights", "get", _file.Name, "--url", $"{server.Url}", "--json").RequireError(1, "404", $"{server.Url}");

        RequireNothing();
    }

    [TestMethod]
    public void Get_Interrupted_SaysThatThePartIsKept()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("There is no signal SIGINT to send here.");
        using var server = new LoopbackFileServer(new byte[_file.Size], new ServerFault { StallAfter = 1000 });
        using Process process = Mlseg.Start("weights", "get", _file.Name, "--url", $"{server.Url}");
        WaitForPart(1000);

        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"])) kill.WaitForExit();

        Mlseg.WaitFor(process).RequireError(130, "kept");
        Assert.AreEqual(1000, new FileInfo(PartPath).Length);
    }

    [TestMethod]
    [DataRow("get vgg17", "'vgg17'", "vgg16-torchvision")]
    [DataRow("get", "NAME")]
    [DataRow("get vgg16 --url ftp://example.org/x", "ftp://example.org/x", "http")]
    [DataRow("get vgg16 --url weights.h5", "weights.h5", "http")]
    public void Run_WrongUsage_ExitsWithTwoAndSaysWhat(string line, params string[] words) =>
        Mlseg.Run(["weights", .. line.Split(' ')]).RequireError(2, words);

    [TestMethod]
    public void List_NothingThere_NamesEveryFileAndTheFolder()
    {
        MlsegResult result = Mlseg.Run("weights", "list");

        result.RequireDone();
        foreach (PublishedWeights file in WeightCatalogue.All)
        {
            string line = result.Output.Split('\n').Single(line => line.StartsWith($"{file.Name} ", StringComparison.Ordinal));
            foreach (string word in new[] { $"*-{file.Encoder}", file.FileName, " no " }) Assert.Contains(word, line);
        }
        Assert.Contains(Folder, result.Output);
        Assert.IsFalse(Directory.Exists(Folder), "Listing made the folder.");
    }

    [TestMethod]
    public void List_Json_SaysWhatIsThere()
    {
        Directory.CreateDirectory(Folder);
        using (FileStream whole = File.Create(InCache(_file.FileName))) whole.SetLength(_file.Size);
        File.WriteAllBytes(InCache($"{WeightCatalogue.Find("vgg16").FileName}.part"), new byte[1000]);

        JsonElement json = Mlseg.Run("weights", "list", "--json").Json();

        Assert.AreEqual(Folder, json.GetProperty("folder").GetString());
        JsonElement[] files = [.. json.GetProperty("files").EnumerateArray()];
        JsonElement Of(string name) => files.Single(file => file.GetProperty("name").GetString() == name);
        Assert.IsTrue(Of(_file.Name).GetProperty("here").GetBoolean());
        Assert.AreEqual(_file.Sha256, Of(_file.Name).GetProperty("sha256").GetString());
        Assert.IsFalse(Of("vgg16").GetProperty("here").GetBoolean());
        Assert.AreEqual(1000, Of("vgg16").GetProperty("partBytes").GetInt64());
        Assert.AreEqual(InCache(_file.FileName), Of(_file.Name).GetProperty("path").GetString());
    }

    [TestMethod]
    public void List_FileInNuGetsFolder_SaysSo()
    {
        PublishedWeights file = WeightCatalogue.Find(WeightCatalogue.ResNet18ImageNet);
        string path = _home[["packages", "microsoft.ml.dnnimagefeaturizer.resnet18", "0.23.1", .. file.Package!.Path.Split('/')]];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (FileStream whole = File.Create(path)) whole.SetLength(file.Size);

        Assert.Contains(" in NuGet ", Mlseg.Run("weights", "list").Output);
        JsonElement json = Mlseg.Run("weights", "list", "--json").Json().GetProperty("files")[0];
        Assert.AreEqual((file.Name, path), (json.GetProperty("name").GetString(), json.GetProperty("path").GetString()));
        Assert.AreEqual("Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1", json.GetProperty("package").GetString());
    }

    private string InCache(string name) => Path.Combine(Folder, name);

    private void WaitForPart(long bytes) =>
        Assert.IsTrue(
            SpinWait.SpinUntil(() => File.Exists(PartPath) && new FileInfo(PartPath).Length == bytes, TimeSpan.FromMinutes(1)),
            $"{bytes} bytes did not arrive within a minute.");

    private void RequireNothing()
    {
        Assert.IsFalse(File.Exists(InCache(_file.FileName)), "There is a file.");
        Assert.IsFalse(File.Exists(PartPath), "There is a part.");
    }
}
