using MLSegmentation.Tests;

namespace MLSegmentation.Training.Tests;

/// <summary><see cref="WeightDownload"/>: only the right content gets the file's name.</summary>
[TestClass]
public sealed class WeightProofTest
{
    [TestMethod]
    public async Task GetAsync_WrongContent_DeletesItAndSaysBothHashes()
    {
        using var folder = new DownloadFolder();
        var other = new byte[folder.Content.Length];
        using var server = new LoopbackFileServer(other);

        InvalidDataException error = await Assert.ThrowsExactlyAsync<InvalidDataException>(() => folder.GetAsync(server));

        Assert.Contains(folder.File.Sha256, error.Message);
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(other)), error.Message);
        Assert.Contains($"{server.Url}", error.Message);
        folder.RequireNothing();
    }

    [TestMethod]
    public async Task GetAsync_PartOfAnotherFile_IsFoundOutAndTheNextRunBeginsAnew()
    {
        using var folder = new DownloadFolder();
        Directory.CreateDirectory(folder.Path);
        File.WriteAllBytes(folder.PartPath, new byte[1000]);
        using var server = new LoopbackFileServer(folder.Content);

        await Assert.ThrowsExactlyAsync<InvalidDataException>(() => folder.GetAsync(server));
        await folder.GetAsync(server);

        folder.RequireDone();
        CollectionAssert.AreEqual(new[] { 1000, 0 }, server.Requests.Select(request => request.From).ToArray());
    }

    [TestMethod]
    [DataRow(-7, true, "offers 300000 bytes, expected 300007")]
    [DataRow(1, true, "offers 300008 bytes, expected 300007")]
    [DataRow(1, false, "offers more than 300007 bytes")]
    public async Task GetAsync_OtherLength_IsRefusedAtOnce(int more, bool hasLength, string message)
    {
        using var folder = new DownloadFolder();
        byte[] other = [.. folder.Content.Take(folder.Content.Length + more), .. new byte[Math.Max(more, 0)]];
        using var server = new LoopbackFileServer(other) { HasLength = hasLength };

        InvalidDataException error = await Assert.ThrowsExactlyAsync<InvalidDataException>(() => folder.GetAsync(server));

        Assert.Contains(message, error.Message);
        folder.RequireNothing();
    }

    [TestMethod]
    public async Task GetAsync_WholePart_IsProvenWithoutARequest()
    {
        using var folder = new DownloadFolder();
        folder.WritePart(folder.Content.Length);

        // The file's own address answers nothing.
        DownloadedWeights weights = await WeightDownload.GetAsync(folder.File, folder.Path);

        folder.RequireDone();
        Assert.AreEqual(0, weights.BytesReceived);
    }

    [TestMethod]
    public async Task GetAsync_TooLongPart_BeginsAnew()
    {
        using var folder = new DownloadFolder();
        Directory.CreateDirectory(folder.Path);
        File.WriteAllBytes(folder.PartPath, new byte[folder.Content.Length + 1]);
        using var server = new LoopbackFileServer(folder.Content);

        await folder.GetAsync(server);

        folder.RequireDone();
    }

    [TestMethod]
    public async Task GetAsync_FileIsThere_IsNotFetchedAgain()
    {
        using var folder = new DownloadFolder();
        using var server = new LoopbackFileServer(folder.Content);
        await folder.GetAsync(server);

        DownloadedWeights weights = await folder.GetAsync(server);

        Assert.AreEqual(new DownloadedWeights(folder.FilePath, 0), weights);
        Assert.HasCount(1, server.Requests);
    }

    [TestMethod]
    public async Task GetAsync_WrongFileIsThere_IsReplaced()
    {
        using var folder = new DownloadFolder();
        Directory.CreateDirectory(folder.Path);
        byte[] damaged = [.. folder.Content];
        damaged[1000] ^= 1;
        File.WriteAllBytes(folder.FilePath, damaged);
        using var server = new LoopbackFileServer(folder.Content);

        await folder.GetAsync(server);

        folder.RequireDone();
    }

    [TestMethod]
    public async Task GetAsync_WhileAnotherRuns_IsRefusedAndDisturbsNothing()
    {
        using var folder = new DownloadFolder();
        using var server = new LoopbackFileServer(folder.Content, new ServerFault { StallAfter = 1000 });
        var begun = new TaskCompletionSource();
        WeightDownloadOptions options = DownloadFolder.Options(server) with
        {
            StallTimeout = TimeSpan.FromSeconds(2),
            Progress = new DirectProgress(_ => begun.TrySetResult()),
        };

        Task<DownloadedWeights> first = WeightDownload.GetAsync(folder.File, folder.Path, options);
        await begun.Task;
        IOException error = await Assert.ThrowsExactlyAsync<IOException>(() => folder.GetAsync(server));
        await first;

        Assert.Contains("Another download", error.Message);
        folder.RequireDone();
    }

    [TestMethod]
    public async Task GetAsync_ManyAtOnce_LeaveTheRightFile()
    {
        using var folder = new DownloadFolder();
        using var server = new LoopbackFileServer(folder.Content);

        Task<DownloadedWeights>[] all = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => folder.GetAsync(server)))];
        await ((Task)Task.WhenAll(all)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        folder.RequireDone();
        Assert.IsTrue(all.Any(task => task.IsCompletedSuccessfully));
        foreach (Task<DownloadedWeights> task in all.Where(task => task.IsFaulted))
            Assert.Contains("Another download", task.Exception!.InnerException!.Message);
    }

    [TestMethod]
    public async Task GetAsync_FullDisk_SaysSo()
    {
        if (!File.Exists("/dev/full")) Assert.Inconclusive("There is no /dev/full, a disk that is always full.");
        using var folder = new DownloadFolder();
        Directory.CreateDirectory(folder.Path);
        File.CreateSymbolicLink(folder.PartPath, "/dev/full");
        using var server = new LoopbackFileServer(folder.Content);

        IOException error = await Assert.ThrowsExactlyAsync<IOException>(() => folder.GetAsync(server));

        Assert.Contains("cannot be written", error.Message);
        Assert.Contains("MLSEG_HOME", error.Message);
        Assert.HasCount(1, server.Requests);
        Assert.IsFalse(File.Exists(folder.FilePath));
    }

    [TestMethod]
    public async Task GetAsync_WrongOption_IsRefused()
    {
        using var folder = new DownloadFolder();
        Task Get(WeightDownloadOptions options) => WeightDownload.GetAsync(folder.File, folder.Path, options);

        await Assert.ThrowsExactlyAsync<ArgumentException>(() => Get(new() { Url = new Uri("file:///weights.bin") }));
        await Assert.ThrowsExactlyAsync<ArgumentOutOfRangeException>(() => Get(new() { Retries = -1 }));
        await Assert.ThrowsExactlyAsync<ArgumentOutOfRangeException>(() => Get(new() { RetryDelay = TimeSpan.FromTicks(-1) }));
        await Assert.ThrowsExactlyAsync<ArgumentOutOfRangeException>(() => Get(new() { StallTimeout = TimeSpan.Zero }));
    }
}
