using System.Diagnostics;
using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary>Models that cannot score an image, and signals that end a run.</summary>
[TestClass]
public sealed class SegmentModelTest
{
    private readonly SegmentFolder _folder = new SegmentFolder().WithImages(30, 600);

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Run_ModelThatRefusesTheSize_SaysSoOnOneLine()
    {
        // A line of ONNX Runtime's own log would be another.
        File.WriteAllBytes(_folder["model.onnx"], TestGraphs.OnlyOfOneSize());

        MlsegResult result = _folder.Segment("out", "--preparation", "as-is");

        result.RequireError(1, "600×600", "ONNX Runtime says: ", "give another size");
        foreach (string raw in (string[])["\u001b", "[E:onnxruntime", "ErrorCode", "Status Message"])
            Assert.DoesNotContain(raw, result.Error);
    }

    [TestMethod]
    public void Run_ModelWithASecondInput_NamesIt()
    {
        File.WriteAllBytes(_folder["model.onnx"], TestGraphs.ManyClasses(3));

        _folder.Segment("out", "--preparation", "as-is").RequireError(1, "needs an input factor");
    }

    [TestMethod]
    [DataRow("INT")]
    [DataRow("TERM")]
    [DataRow("HUP")]
    public void Run_Signal_EndsTheRunWhichIsGoneOnWith(string signal)
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("Windows has no signal that another process can send for Ctrl-C.");
        using Process process = _folder.StartUntilItWrites("out");

        Process.Start("kill", ["-s", signal, $"{process.Id}"]).WaitForExit();
        MlsegResult ended = Mlseg.WaitFor(process);

        Assert.AreEqual(130, ended.ExitCode, ended.Error);
        StringAssert.StartsWith(ended.Error, "mlseg: Cancelled.");
        Assert.IsEmpty(Directory.GetFiles(_folder["out"], "*.partial"));
        Assert.IsFalse(File.Exists(_folder["out", "manifest.jsonl.lock"]));
        StringAssert.Contains(_folder.Segment("out").Output, "were done before");
    }
}
