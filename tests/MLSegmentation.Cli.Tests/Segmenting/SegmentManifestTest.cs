using System.Diagnostics;

namespace MLSegmentation.Cli.Tests;

/// <summary>What a folder of masks remembers, and who may write to it.</summary>
[TestClass]
public sealed class SegmentManifestTest
{
    private readonly SegmentFolder _folder = new();

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Run_FolderOfARunningRun_IsRefusedUntilThatIsKilled()
    {
        _folder.WithImages(90, 600);
        _folder.Segment("whole").RequireDone();

        using (Process first = _folder.StartUntilItWrites("out"))
        {
            _folder.Segment("out", "--restart")
                .RequireError(1, $"process {first.Id} on {Environment.MachineName}, since ", "mlseg segment", _folder["out"]);
            Assert.IsFalse(first.HasExited, "The first run was to go on.");
            first.Kill();
            first.WaitForExit();
        }
        _folder.Segment("out").RequireDone();

        Assert.AreSequenceEqual(FilesOf("whole"), FilesOf("out"));
        _folder.AssertSame("whole", "out", FilesOf("whole"));
    }

    [TestMethod]
    public void Run_DefaultThreshold_IsNotedAsEarlierVersionsDid()
    {
        _folder.WithImages(1).Segment("out").RequireDone();

        StringAssert.Contains(File.ReadLines(_folder["out", SegmentManifest.FileName]).First(), "\"Threshold\":0,");
        _folder.Segment("out", "--threshold", "0").RequireDone();
        _folder.Segment("out", "--threshold", "0.5").RequireError(1, "--threshold was 0, is 0.5");
    }

    [TestMethod]
    public void Run_ImageExchangedWhileItIsSegmented_IsNotDone()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("Links need rights there.");
        _folder.WithImages(2);
        Directory.CreateDirectory(_folder["out"]);

        // The mask goes through the link to the image, which is another from then on.
        File.CreateSymbolicLink(_folder["out", "image1.png.partial"], _folder["images", "image1.png"]);
        _folder.Segment("out").RequireDone();
        File.Delete(_folder["out", "image1.png"]);
        _folder.WithImages(2, kind: 1);
        File.SetLastWriteTimeUtc(_folder["images", "image0.png"], DateTime.UtcNow.AddHours(-1));

        StringAssert.DoesNotMatch(_folder.Segment("out").Output, new("done before"));
    }

    [TestMethod]
    public void Run_ExchangedImage_LosesWhatWasWrittenForTheOther()
    {
        _folder.WithImages(2).Segment("out", "--format", "confidence,overlay").RequireDone();
        _folder.WithImages(2, size: 24);

        _folder.Segment("out").RequireDone();
        Assert.AreSequenceEqual((string[])["image0.png", "image1.png", "manifest.jsonl"], FilesOf("out"));
        _folder.Segment("out", "--format", "confidence,overlay").RequireDone();

        _folder.Segment("fresh", "--format", "confidence,overlay").RequireDone();
        _folder.AssertSame("fresh", "out", "image0.png", "image0.confidence.png", "image0.overlay.png");
    }

    [TestMethod]
    public void Run_ThrowAfterSkip_GivesTheErrorOfAFreshRun()
    {
        byte[] whole = Damage("image1.png");
        MlsegResult skipped = _folder.Segment("out", "--bad-images", "skip");
        Assert.AreEqual(0, skipped.ExitCode, skipped.Error);

        _folder.Segment("out").RequireError(1, "image1.png");

        // Mended, with the length and the time that it had.
        DateTime time = File.GetLastWriteTimeUtc(_folder["images", "image1.png"]);
        File.WriteAllBytes(_folder["images", "image1.png"], whole);
        File.SetLastWriteTimeUtc(_folder["images", "image1.png"], time);
        _folder.Segment("out", "--bad-images", "skip").RequireDone();
        Assert.IsTrue(File.Exists(_folder["out", "image1.png"]));
    }

    [TestMethod]
    public void Run_SkippedAgain_NotesItOnce()
    {
        Damage("image1.png");
        _folder.Segment("out", "--bad-images", "skip");
        string before = File.ReadAllText(_folder["out", "manifest.jsonl"]);

        _folder.Segment("out", "--bad-images", "skip");

        Assert.AreEqual(before, File.ReadAllText(_folder["out", "manifest.jsonl"]));
    }

    [TestMethod]
    [DataRow("{\"Image\":\"image1.png\"}")]
    [DataRow("{\"Image\":null,\"Bytes\":1,\"Modified\":\"2026-01-01T00:00:00Z\"}")]
    [DataRow("null")]
    [DataRow("\u001b[2J")]
    public void Run_DamagedLine_SaysWhichAndWhatToDo(string line)
    {
        _folder.WithImages(3).Segment("out").RequireDone();
        string manifest = _folder["out", "manifest.jsonl"];
        string[] lines = File.ReadAllLines(manifest);
        lines[2] = line;
        File.WriteAllLines(manifest, lines);

        MlsegResult result = _folder.Segment("out");

        result.RequireError(1, "Line 3", manifest, "damaged", "--restart");
        Assert.DoesNotContain('\u001b', result.Error);
        File.WriteAllLines(manifest, lines.Where((_, index) => index != 2));
        StringAssert.Contains(_folder.Segment("out").Output, "(2 of 3 images were done before)");
    }

    [TestMethod]
    public void Run_ImagesThatAreNone_AreSkippedAndTheRestDone()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("Names of 255 bytes and mkfifo are Linux's.");
        _folder.WithImages(2);
        string tooLong = new string('n', 250) + ".png";
        File.Copy(_folder["images", "image0.png"], _folder["images", tooLong]);
        File.CreateSymbolicLink(_folder["images", "loop.png"], _folder["images", "loop.png"]);

        _folder.Segment("thrown").RequireError(1);
        MlsegResult skipped = _folder.Segment("out", "--bad-images", "skip");

        Assert.AreEqual(0, skipped.ExitCode, skipped.Error);
        StringAssert.Contains(skipped.Output, "Wrote 2 masks");
        StringAssert.Contains(skipped.Error, tooLong);
        Process.Start("mkfifo", _folder["pipe.png"]).WaitForExit();
        Mlseg.Run("segment", "--model", _folder["model.onnx"], "--images", _folder["pipe.png"], "--out", _folder["piped"])
            .RequireError(1, "pipe.png", "named pipe");
    }

    [TestMethod]
    public void Run_FolderOfTheImages_IsRefusedAndOneInItIsNot()
    {
        _folder.WithImages(1);
        File.Move(_folder["images", "image0.png"], _folder["images", "image0.bmp"]);

        _folder.Segment("images").RequireError(1, "among the images", "--out");

        _folder.Segment(Path.Combine("images", "out")).RequireDone();
        StringAssert.Contains(_folder.Segment(Path.Combine("images", "out")).Output, "1 of 1 image was done before");
    }

    [TestMethod]
    public void Run_DiskThatIsFull_EndsARunThatSkipsToo()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("/dev/full stands for a full disk; this system has none.");
        _folder.WithImages(3);
        Directory.CreateDirectory(_folder["out"]);
        File.CreateSymbolicLink(_folder["out", "image1.png.partial"], "/dev/full");

        _folder.Segment("out", "--bad-images", "skip").RequireError(1, "No space left on device");
    }

    [TestMethod]
    public void Run_LinkedImageThatWasExchanged_IsSegmentedAnew()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("Links need rights there.");
        _folder.WithImages(2);
        File.Move(_folder["images", "image1.png"], _folder["target.png"]);
        File.CreateSymbolicLink(_folder["images", "image1.png"], Path.Combine("..", "target.png"));
        _folder.Segment("out").RequireDone();
        File.Copy(_folder["images", "image0.png"], _folder["target.png"], overwrite: true);

        StringAssert.Contains(_folder.Segment("out").Output, "(1 of 2 images was done before)");

        CollectionAssert.AreEqual(
            File.ReadAllBytes(_folder["out", "image0.png"]), File.ReadAllBytes(_folder["out", "image1.png"]));
    }

    [TestMethod]
    public void Run_AnotherRange_IsNamed()
    {
        _folder.WithImages(1).Segment("out", "--range", "0..4095").RequireDone();

        _folder.Segment("out", "--range", "-0.5..1000").RequireError(1, "--range was 0..4095, is -0.5..1000");
        _folder.Segment("out").RequireError(1, "--range was 0..4095, is not given");
    }

    [TestMethod]
    public void Run_RestartWithAnImageThatIsBadNow_LeavesNoneOfItsFiles()
    {
        _folder.WithImages(3).Segment("out", "--format", "confidence,overlay").RequireDone();
        Damage("image1.png");

        _folder.Segment("out", "--restart", "--bad-images", "skip");

        Assert.AreSequenceEqual((string[])["image0.png", "image2.png", "manifest.jsonl"], FilesOf("out"));
    }

    [TestMethod]
    public void Open_HeadWithUnknownOption_IsRefused()
    {
        _folder.WithImages(1).Segment("out").RequireDone();
        string manifest = _folder["out", "manifest.jsonl"], before = File.ReadAllText(manifest);
        string later = before.Replace("\"Scoring\":{", "\"Scoring\":{\"TileBlend\":\"Hard\",", StringComparison.Ordinal);
        Assert.AreNotEqual(before, later);
        File.WriteAllText(manifest, later);

        _folder.Segment("out").RequireError(1, manifest, "has an option of a later version", "--restart");

        Assert.AreEqual(later, File.ReadAllText(manifest));
    }

    private byte[] Damage(string image)
    {
        _folder.WithImages(3);
        byte[] whole = File.ReadAllBytes(_folder["images", image]);
        File.WriteAllBytes(
            _folder["images", image], [.. whole[..(whole.Length / 2)], .. new byte[whole.Length - whole.Length / 2]]);
        return whole;
    }

    private string[] FilesOf(string folder) =>
        [.. Directory.GetFiles(_folder[folder]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
