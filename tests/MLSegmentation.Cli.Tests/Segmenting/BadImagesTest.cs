using System.Diagnostics;
using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary>What <c>mlseg segment --bad-images skip</c> leaves out: what a pipeline that skips leaves out too.</summary>
[TestClass]
public sealed class BadImagesTest
{
    private readonly SegmentFolder _folder = new SegmentFolder().WithImages(4);

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Run_FileThatMayNotBeRead_IsSkipped()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Files have no mode there.");
            return;
        }

        string image = _folder["images", "image1.png"];
        File.SetUnixFileMode(image, UnixFileMode.None);
        if (MayRead(image)) Assert.Inconclusive("Whoever runs this may read every file.");

        foreach (
            string[] options in (string[][])[[], ["--sizing", "tiled", "--restart"], ["--format", "overlay,coco", "--restart"]])
        {
            _folder.Segment("thrown", options).RequireError(1, "image1.png");
            RequireSkipped(options, "image1.png");
        }
    }

    [TestMethod]
    public void Run_FolderNamedLikeAnImage_IsNone()
    {
        Directory.CreateDirectory(_folder["images", "folder.png"]);

        MlsegResult result = _folder.Segment("out");

        result.RequireDone();
        StringAssert.Contains(result.Output, "Wrote 4 masks");
    }

    [TestMethod]
    public void Run_PipeNamedLikeAnImage_IsNoneAndNotWaitedFor()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("Pipes are told from files on Linux alone.");
        Process.Start("mkfifo", _folder["images", "pipe.png"]).WaitForExit();

        MlsegResult result = _folder.Segment("out");

        result.RequireDone();
        StringAssert.Contains(result.Output, "Wrote 4 masks");
    }

    [TestMethod]
    [DataRow]
    [DataRow("--sizing", "tiled")]
    [DataRow("--format", "overlay,coco")]
    public void Run_TruncatedFile_IsSkipped(params string[] options)
    {
        byte[] data = File.ReadAllBytes(_folder["images", "image1.png"]);
        File.WriteAllBytes(_folder["images", "image1.png"], data[..(data.Length / 2)]);

        _folder.Segment("thrown", options).RequireError(1, "image1.png");
        RequireSkipped(options, "image1.png");
    }

    [TestMethod]
    public void Run_LinkToNothing_IsSkipped()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("Links need rights there.");
        File.Delete(_folder["images", "image3.png"]);
        File.CreateSymbolicLink(_folder["images", "link.png"], "nowhere.png");

        RequireSkipped([], "link.png");
    }

    [TestMethod]
    public void Run_ImageTooLargeForTheNetwork_IsSkippedInWordsOfTheCommandLine()
    {
        File.WriteAllBytes(_folder["model.onnx"], TestGraphs.BrightestChannel(20, 20));
        PngWriter.WriteIndexed(_folder["images", "image1.png"], new byte[24 * 24], 24, 24, [new(0, 0, 0)]);

        RequireSkipped(["--sizing", "native"], "image1.png");

        string noted = File.ReadAllText(_folder["out", "manifest.jsonl"]);
        StringAssert.Contains(noted, "24");
        Assert.DoesNotContain("(Parameter", noted);
        Assert.DoesNotContain("(Parameter", _folder.Segment("again", "--sizing", "native", "--bad-images", "skip").Error);
    }

    private void RequireSkipped(string[] options, string image)
    {
        MlsegResult result = _folder.Segment("out", [.. options, "--bad-images", "skip"]);
        Assert.AreEqual(0, result.ExitCode, result.Error);
        StringAssert.Contains(result.Output, "Wrote 3 masks");
        StringAssert.Contains(result.Error, image);
    }

    private static bool MayRead(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
