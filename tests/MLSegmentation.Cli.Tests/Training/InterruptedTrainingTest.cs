using System.Diagnostics;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class InterruptedTrainingTest
{
    [TestMethod]
    public void Run_Killed_GoesOnFromTheCheckpointBitForBit()
    {
        using var folder = new TestFolder().WithSamples(6);
        string whole = folder["whole.onnx"], killed = folder["killed.onnx"], checkpoint = killed + ".checkpoint";
        Mlseg.WaitFor(Mlseg.StartWithOneThread(Arguments(folder, whole))).RequireDone();

        KillAfterItsFirstCheckpoint(Arguments(folder, killed), killed);
        Mlseg.Run(Arguments(folder, killed)).RequireError(1, "--resume", checkpoint);
        Mlseg.Run([.. Arguments(folder, killed), "--resume", "--seed", "7", "--optimizer", "sgd"])
            .RequireError(1, "--seed was 1, is 7", "--optimizer was AdamW, is Sgd", "more tensors do not fit", checkpoint);
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
    public void Run_ResumedWithOtherOptions_NamesThemAsTheyAreTyped()
    {
        using var folder = new TestFolder().WithSamples(6);
        string model = folder["model.onnx"];
        string[] before = [.. Arguments(folder, model), "--schedule", "constant", "--warm-up", "0"];
        KillAfterItsFirstCheckpoint(before, model);

        Mlseg.Run([.. Others(before, "--size", "96x96"), "--loss", "dice", "--seed", "3", "--resume"]).RequireError(
            1, "--size was 64x64, is 96x96", "--seed was 1, is 3");
        Exchange(folder, "surface_000", "surface_001");
        Mlseg.Run([.. before, "--resume"]).RequireError(1, "the fingerprint of the images and masks was ");
        Exchange(folder, "surface_000", "surface_001");
        MlsegResult resumed = Mlseg.Run(
            [.. Others(before, "--epochs", "9"), "--learning-rate", "0.0005", "--loss", "ce", "--resume"]);

        resumed.RequireDone();
        string[] expected = ["Warning: ", "--epochs was 8, is 9", "--learning-rate was 0.002, is 0.0005",
            "dice in --loss was 0.3, is 0"];
        foreach (string text in expected) StringAssert.Contains(resumed.Output, text);
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

    private static void KillAfterItsFirstCheckpoint(string[] arguments, string model)
    {
        using Process process = Mlseg.StartWithOneThread(arguments);
        bool isWritten = SpinWait.SpinUntil(
            () => File.Exists(model + ".checkpoint") || process.HasExited, TimeSpan.FromMinutes(2));
        process.Kill();
        process.WaitForExit();
        Assert.IsTrue(isWritten && File.Exists(model + ".checkpoint") && !File.Exists(model),
            "The training was to be killed after its first checkpoint and before its end.");
    }

    /// <summary>Gives two images with their masks each other's names.</summary>
    private static void Exchange(TestFolder folder, string one, string other)
    {
        string[] extensions = [".jpg", ".png"];
        foreach (string extension in extensions)
        {
            string kind = extension == ".jpg" ? "images" : "masks", first = folder[kind, one + extension],
                second = folder[kind, other + extension];
            byte[] content = File.ReadAllBytes(first);
            File.Move(second, first, overwrite: true);
            File.WriteAllBytes(second, content);
        }
    }

    /// <summary>The arguments with another value of an option.</summary>
    private static string[] Others(string[] arguments, string option, string value)
    {
        string[] others = [.. arguments];
        others[Array.IndexOf(others, option) + 1] = value;
        return others;
    }

    private static string[] Arguments(TestFolder folder, string model, int epochs = 8) =>
    [
        "train", "segmentation", "--images", folder.Images, "--masks", folder.Masks, "--out", model, "--size", "64x64",
        "--batch", "2",
        "--epochs", $"{epochs}", "--average", "0.9", "--network", "fcn8-bn-compact",
    ];
}
