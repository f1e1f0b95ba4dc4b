using System.Security.Cryptography;
using MLSegmentation.Tests;

namespace MLSegmentation.Training.Tests;

/// <summary>A folder that is gone after the test, and a file to download into it.</summary>
internal sealed class DownloadFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlseg-test-");

    public DownloadFolder()
    {
        // Longer than one read, and no multiple of anything.
        Content = new byte[300_007];
        new Random(1).NextBytes(Content);
        File = new PublishedWeights
        {
            Name = "test",
            Encoder = "test",
            Description = "made by the test",
            FileName = "weights.bin",
            Url = new Uri("http://127.0.0.1:1/none"),
            Size = Content.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Content)),
        };
    }

    /// <summary>What the file holds.</summary>
    public byte[] Content { get; }

    /// <summary>What is known of the file; its own address answers nothing.</summary>
    public PublishedWeights File { get; }

    /// <summary>Where it is downloaded to: a folder that is not there yet.</summary>
    public string Path => System.IO.Path.Combine(_folder.FullName, "weights");

    public string FilePath => System.IO.Path.Combine(Path, File.FileName);

    public string PartPath => FilePath + ".part";

    /// <summary>Options for a test's server: short waits, so that faults pass quickly.</summary>
    public static WeightDownloadOptions Options(LoopbackFileServer server) => new()
    {
        Url = server.Url,
        Retries = 2,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        StallTimeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>Downloads the file.</summary>
    public Task<DownloadedWeights> GetAsync(LoopbackFileServer server) => WeightDownload.GetAsync(File, Path, Options(server));

    /// <summary>Puts the first bytes there, as a run that was killed leaves them.</summary>
    public void WritePart(int bytes)
    {
        Directory.CreateDirectory(Path);
        System.IO.File.WriteAllBytes(PartPath, Content[..bytes]);
    }

    /// <summary>Checks that the file is there as it should be, and no part of it.</summary>
    public void RequireDone()
    {
        CollectionAssert.AreEqual(Content, System.IO.File.ReadAllBytes(FilePath));
        Assert.IsFalse(System.IO.File.Exists(PartPath), "The part is left.");
    }

    /// <summary>Checks that neither the file nor a part of it is there.</summary>
    public void RequireNothing()
    {
        Assert.IsFalse(System.IO.File.Exists(FilePath), "There is a file.");
        Assert.IsFalse(System.IO.File.Exists(PartPath), "There is a part.");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
