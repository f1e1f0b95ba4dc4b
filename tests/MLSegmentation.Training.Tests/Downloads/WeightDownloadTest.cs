using MLSegmentation.Tests;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class WeightDownloadTest
{
    private const int Cut = 150_001;

    [TestMethod]
    public async Task GetAsync_GoodServer_WritesTheFileAndReportsEveryByte()
    {
        using var folder = new DownloadFolder();
        using var server = new LoopbackFileServer(folder.Content);
        var reports = new List<DownloadProgress>();
        WeightDownloadOptions options = DownloadFolder.Options(server) with { Progress = new DirectProgress(reports.Add) };

        DownloadedWeights weights = await WeightDownload.GetAsync(folder.File, folder.Path, options);

        folder.RequireDone();
        Assert.AreEqual(new DownloadedWeights(folder.FilePath, folder.Content.Length), weights);
        Assert.IsTrue(reports.Zip(reports.Skip(1)).All(pair => pair.First.Bytes < pair.Second.Bytes), "The bytes do not grow.");
        Assert.AreEqual((folder.File.Size, folder.File.Size, 1), (reports[^1].Bytes, reports[^1].Total, reports[^1].Attempt));
        Assert.IsTrue(reports.All(report => report.BytesPerSecond > 0));
    }

    [TestMethod]
    public async Task GetAsync_NoLengthSaid_WritesTheFile()
    {
        using var folder = new DownloadFolder();
        using var server = new LoopbackFileServer(folder.Content) { HasLength = false };

        await folder.GetAsync(server);

        folder.RequireDone();
    }

    [TestMethod]
    [DataRow(true, DisplayName = "length said")]
    [DataRow(false, DisplayName = "no length said")]
    public async Task GetAsync_ConnectionsCut_GoOnWhereTheyEnded(bool hasLength)
    {
        using var folder = new DownloadFolder();
        var faults = new[] { new ServerFault { CutAfter = Cut }, new ServerFault { CutAfter = 50_000 } };
        using var server = new LoopbackFileServer(folder.Content, faults) { HasLength = hasLength };

        DownloadedWeights weights = await folder.GetAsync(server);

        folder.RequireDone();
        Assert.AreEqual(folder.Content.Length, weights.BytesReceived);
        RequireRanges(server, 0, Cut, Cut + 50_000);
        Assert.IsTrue(server.Requests.Skip(1).All(request => request.IfRange == server.Tag));
    }

    [TestMethod]
    public async Task GetAsync_FileChangedAfterACut_BeginsAnew()
    {
        using var folder = new DownloadFolder();
        using var server = new LoopbackFileServer(folder.Content, new ServerFault { CutAfter = Cut }) { Tag = "\"two\"" };
        var renamed = new DirectProgress(_ => server.Tag = "\"three\"");

        DownloadedWeights weights = await WeightDownload.GetAsync(
            folder.File, folder.Path, DownloadFolder.Options(server) with { Progress = renamed });

        folder.RequireDone();
        Assert.AreEqual(new ServedRequest(Cut, "\"two\""), server.Requests[1]);
        Assert.AreEqual(Cut + folder.Content.Length, weights.BytesReceived);
    }

    [TestMethod]
    public async Task GetAsync_CutTooOften_KeepsThePartForTheNextRun()
    {
        using var folder = new DownloadFolder();
        var cut = new ServerFault { CutAfter = 1000 };
        using var server = new LoopbackFileServer(folder.Content, cut, cut, cut);

        IOException error = await Assert.ThrowsExactlyAsync<IOException>(() => folder.GetAsync(server));
        Assert.Contains("broke off 3 times", error.Message);
        Assert.Contains("3000 of 300007 bytes are kept", error.Message);
        CollectionAssert.AreEqual(folder.Content[..3000], File.ReadAllBytes(folder.PartPath));

        DownloadedWeights weights = await folder.GetAsync(server);
        folder.RequireDone();
        Assert.AreEqual(3000, server.Requests[^1].From);
        Assert.AreEqual(folder.Content.Length - 3000, weights.BytesReceived);
    }

    [TestMethod]
    public async Task GetAsync_Cancelled_KeepsThePartForTheNextRun()
    {
        using var folder = new DownloadFolder();
        using var server = new LoopbackFileServer(folder.Content, new ServerFault { StallAfter = Cut });
        using var cancellation = new CancellationTokenSource();
        var progress = new DirectProgress(step =>
        {
            if (step.Bytes == Cut) cancellation.Cancel();
        });

        await Assert.ThrowsAsync<OperationCanceledException>(() => WeightDownload.GetAsync(
            folder.File, folder.Path, DownloadFolder.Options(server) with { Progress = progress }, cancellation.Token));
        Assert.IsFalse(File.Exists(folder.FilePath));

        await folder.GetAsync(server);
        folder.RequireDone();
        RequireRanges(server, 0, Cut);
    }

    [TestMethod]
    public async Task GetAsync_StalledServer_AsksAgain()
    {
        using var folder = new DownloadFolder();
        var faults = new[] { new ServerFault { StallAfter = Cut }, new ServerFault { StallAfter = 0 } };
        using var server = new LoopbackFileServer(folder.Content, faults);
        WeightDownloadOptions options = DownloadFolder.Options(server) with { StallTimeout = TimeSpan.FromSeconds(0.5) };

        await WeightDownload.GetAsync(folder.File, folder.Path, options);

        folder.RequireDone();
        RequireRanges(server, 0, Cut, Cut);
    }

    [TestMethod]
    public async Task GetAsync_StalledForGood_SaysSo()
    {
        using var folder = new DownloadFolder();
        using var server = new LoopbackFileServer(folder.Content, new ServerFault { StallAfter = 0 });
        var options = new WeightDownloadOptions { Url = server.Url, StallTimeout = TimeSpan.FromSeconds(0.25), Retries = 0 };

        IOException error = await Assert.ThrowsExactlyAsync<IOException>(
            () => WeightDownload.GetAsync(folder.File, folder.Path, options));

        Assert.Contains("nothing arrived for 0.25 seconds", error.Message);
        folder.RequireNothing();
    }

    [TestMethod]
    public async Task GetAsync_ServerWithoutRanges_BeginsAnewAfterACut()
    {
        using var folder = new DownloadFolder();
        using var server = new LoopbackFileServer(folder.Content, new ServerFault { CutAfter = Cut }) { HasRanges = false };

        DownloadedWeights weights = await folder.GetAsync(server);

        folder.RequireDone();
        Assert.AreEqual(Cut + folder.Content.Length, weights.BytesReceived);
    }

    [TestMethod]
    public async Task GetAsync_RangeRefused_BeginsAnew()
    {
        using var folder = new DownloadFolder();
        folder.WritePart(Cut);
        using var server = new LoopbackFileServer(folder.Content, new ServerFault { Status = 416 });

        await folder.GetAsync(server);

        folder.RequireDone();
        RequireRanges(server, Cut, 0);
    }

    [TestMethod]
    public async Task GetAsync_BusyServer_AsksAgain()
    {
        using var folder = new DownloadFolder();
        var faults = new[] { new ServerFault { Status = 503 }, new ServerFault { Status = 429 } };
        using var server = new LoopbackFileServer(folder.Content, faults);

        await folder.GetAsync(server);

        folder.RequireDone();
        Assert.HasCount(3, server.Requests);
    }

    [TestMethod]
    [DataRow(404)]
    [DataRow(403)]
    public async Task GetAsync_Refused_SaysWhereAndAsksOnce(int status)
    {
        using var folder = new DownloadFolder();
        using var server = new LoopbackFileServer(folder.Content, new ServerFault { Status = status });

        IOException error = await Assert.ThrowsExactlyAsync<IOException>(() => folder.GetAsync(server));

        Assert.Contains($"'{server.Url}' answered {status}", error.Message);
        Assert.HasCount(1, server.Requests);
        folder.RequireNothing();
    }

    [TestMethod]
    public async Task GetAsync_NobodyListens_SaysWhere()
    {
        using var folder = new DownloadFolder();
        Uri url;
        using (var server = new LoopbackFileServer([])) url = server.Url;

        IOException error = await Assert.ThrowsExactlyAsync<IOException>(
            () => WeightDownload.GetAsync(folder.File with { Url = url }, folder.Path));

        Assert.Contains($"'{url}' cannot be reached", error.Message);
        folder.RequireNothing();
    }

    private static void RequireRanges(LoopbackFileServer server, params int[] from) =>
        CollectionAssert.AreEqual(from, server.Requests.Select(request => request.From).ToArray());

    [TestMethod]
    public async Task GetAsync_FolderThatCannotBeMade_SaysWhichVariableNamesAnother()
    {
        using var folder = new DownloadFolder();
        using var server = new LoopbackFileServer(folder.Content);

        // A file stands where the folder would be, as a home that may only be read stands in the way.
        File.WriteAllText(folder.Path, "");

        var error = await Assert.ThrowsExactlyAsync<IOException>(() => folder.GetAsync(server));

        StringAssert.Contains(error.Message, $"The folder '{folder.Path}' cannot be made");
        StringAssert.Contains(error.Message, "Set MLSEG_HOME to a folder that can be written to.");
    }
}
