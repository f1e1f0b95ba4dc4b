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
        Mlseg.Run([.. Arguments(folder, killed), "--resume", "--seed", "7"]).RequireError(1, "--seed was 1, is 7", checkpoint);
        Mlseg.WaitFor(Mlseg.StartWithOneThread([.. Arguments(folder, killed), "--resume"])).RequireDone();

        CollectionAssert.AreEqual(File.ReadAllBytes(whole), File.ReadAllBytes(killed));
        Assert.IsFalse(File.Exists(checkpoint), "A training that has ended needs no checkpoint.");
    }

    [TestMethod]
    public void Run_ModelOfARunningTraining_IsRefused()
    {
        using var folder = new TestFolder().WithSamples(4);
        string model = folder["model.onnx"];
        using Process first = Mlseg.StartWithOneThread(Arguments(folder, model, epochs: 10_000));
        try
        {
            bool hasBegun = SpinWait.SpinUntil(() => File.Exists(model + ".lock") || first.HasExited, TimeSpan.FromMinutes(2));
            Assert.IsTrue(hasBegun && !first.HasExited, "The training was to be met at its work.");

            Mlseg.Run([.. Arguments(folder, model), "--resume"]).RequireError(1, model, $"process {first.Id}", "since");

            Assert.IsFalse(first.HasExited, "The first training was to go on.");
        }
        finally
        {
            first.Kill();
            first.WaitForExit();
        }
    }

    [TestMethod]
    public void Run_DiskTooFullForTheCheckpoint_TrainsOnAndSaysSo()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("/dev/full stands for a full disk; this system has none.");
        using var folder = new TestFolder().WithSamples(4);
        string model = folder["model.onnx"];
        File.CreateSymbolicLink(model + ".checkpoint.partial", "/dev/full");

        MlsegResult result = Mlseg.Run(Arguments(folder, model, epochs: 1));

        result.RequireDone();
        StringAssert.Contains(result.Output, "Warning: No space left on device");
        Assert.IsTrue(File.Exists(model));
        Assert.IsEmpty(Directory.GetFiles(Path.GetDirectoryName(model)!, "*checkpoint*"));
    }

    private static string[] Arguments(TestFolder folder, string model, int epochs = 8) =>
    [
        "train", "segmentation", "--images", folder.Images, "--masks", folder.Masks, "--out", model, "--size", "64x64", "--batch", "2",
        "--epochs", $"{epochs}", "--average", "0.9", "--network", "fcn8-bn-compact",
    ];
}
