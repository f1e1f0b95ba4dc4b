using System.Diagnostics;

namespace MLSegmentation.Cli.Tests;

/// <summary>What becomes of a command whose standard streams cannot be written to.</summary>
[TestClass]
public sealed class StandardOutputTest
{
    private const int OutputLost = 3;

    [TestMethod]
    [DataRow(">/dev/full", "No space left on device")]
    [DataRow(">&-", "closed")]
    [DataRow("<&- >&-", "closed")]
    public void Run_OutputThatCannotBeWritten_DoesItsWorkAndSaysSoByItsExitCode(string redirection, string reason)
    {
        using SegmentFolder folder = new SegmentFolder().WithImages(2);

        MlsegResult result = RunInShell(redirection, folder.Arguments("out"));

        result.RequireError(OutputLost, "Standard output cannot be written to", reason);
        Assert.IsTrue(File.Exists(folder["out", "image1.png"]));
    }

    [TestMethod]
    public void Run_TrainingWithAFullDiskUnderItsLog_WritesItsModel()
    {
        using var folder = new TestFolder().WithSamples(4);
        string model = folder["model.onnx"];

        MlsegResult result = RunInShell(
            ">/dev/full", "train", "segmentation", "--images", folder.Images, "--masks", folder.Masks, "--out", model, "--size",
            "32x32", "--epochs", "1",
            "--network", "fcn8-bn-compact");

        result.RequireError(OutputLost, "No space left on device");
        Assert.IsTrue(File.Exists(model));
        Assert.IsEmpty(Directory.GetFiles(folder["."], "*.checkpoint*"));
    }

    [TestMethod]
    public void Run_ReaderThatIsGone_IsNoError() => Assert.AreEqual(0, RunInShell("| head -1", "weights", "list").ExitCode);

    [TestMethod]
    public void Run_ErrorStreamThatIsClosed_KeepsTheExitCode() =>
        Assert.AreEqual(1, RunInShell("2>&-", "info", "none.onnx").ExitCode);

    private static MlsegResult RunInShell(string redirection, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("/dev/full stands for a full disk; this system has none.");
        var start = new ProcessStartInfo(
            "bash", ["-c", $"set -o pipefail; \"$0\" \"$@\" {redirection}", Mlseg.File, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        return Mlseg.WaitFor(process);
    }
}
