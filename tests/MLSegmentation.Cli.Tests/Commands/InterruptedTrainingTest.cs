using System.Diagnostics;

namespace MLSegmentation.Cli.Tests.Commands;

[TestClass]
public sealed class InterruptedTrainingTest
{
    [TestMethod]
    public void Run_Killed_GoesOnFromTheCheckpointBitForBit()
    {
        using var folder = new TestFolder().WithSamples(6);
        string whole = folder["whole.onnx"], killed = folder["killed.onnx"], checkpoint = killed + ".checkpoint";
        Mlseg.WaitFor(Mlseg.StartWithOneThread(Arguments(folder, whole))).RequireDone();

        using (Process process = Mlseg.StartWithOneThread(Arguments(folder, killed)))
        {
            bool isWritten = SpinWait.SpinUntil(() => File.Exists(checkpoint) || process.HasExited, TimeSpan.FromMinutes(2));
            process.Kill();
            process.WaitForExit();
            Assert.IsTrue(isWritten && File.Exists(checkpoint) && !File.Exists(killed), "The training was to be killed after its first checkpoint and before its end.");
        }
        Mlseg.Run(Arguments(folder, killed)).RequireError(1, "--resume", checkpoint);
        Mlseg.WaitFor(Mlseg.StartWithOneThread([.. Arguments(folder, killed), "--resume"])).RequireDone();

        CollectionAssert.AreEqual(File.ReadAllBytes(whole), File.ReadAllBytes(killed));
        Assert.IsFalse(File.Exists(checkpoint), "A training that has ended needs no checkpoint.");
    }

    [TestMethod]
    public void Run_DiskTooFullForTheCheckpoint_TrainsOnAndSaysSo()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("Files are limited in size by the shell's ulimit, which this system has not.");
        using var folder = new TestFolder().WithSamples(4);
        string model = folder["model.onnx"];

        // The model has 11 MB, the checkpoint four times that. Writes beyond the limit fail, as they do on a full disk.
        string[] command = ["-c", "trap '' XFSZ; ulimit -f 20000; exec \"$0\" \"$@\"", Mlseg.File, .. Arguments(folder, model, epochs: 1)];
        var start = new ProcessStartInfo("bash", command) { RedirectStandardOutput = true, RedirectStandardError = true };
        // .NET's executable memory is a large file to the limit.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        MlsegResult result = Mlseg.WaitFor(Process.Start(start)!);

        result.RequireDone();
        StringAssert.Contains(result.Output, "Warning: ");
        Assert.IsTrue(File.Exists(model));
        Assert.IsEmpty(Directory.GetFiles(Path.GetDirectoryName(model)!, "*checkpoint*"));
    }

    private static string[] Arguments(TestFolder folder, string model, int epochs = 8) =>
    [
        "train", "segmentation", "--images", folder.Images, "--masks", folder.Masks, "--out", model, "--size", "64x64", "--batch", "2",
        "--epochs", $"{epochs}", "--average", "0.9", "--network", "fcn8-compact",
    ];
}
