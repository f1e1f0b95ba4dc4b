using System.Diagnostics;
using MLSegmentation.Images;
using MLSegmentation.Masks;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class TrainSegmentationTest
{
    private static string[] Arguments(TestFolder folder, params string[] more) =>
        ["train", "segmentation", "--images", folder.Images, "--masks", folder.Masks, "--out", folder["models", "model.onnx"], "--size", "64x64", .. more];

    [TestMethod]
    public void Train_MasksOf0And255_SaysWhatToDo()
    {
        using TestFolder folder = new TestFolder().WithSamples(1);
        PngWriter.WriteIndexed(folder["masks", "surface_000.png"], [0, 255], 2, 1, Palette.Voc(256));
        Mlseg.Run(Arguments(folder)).RequireError(1, "0 and 255", "--ignore 255");
    }

    [TestMethod]
    public void Train_OneClassOnly_SaysSo()
    {
        using TestFolder folder = new TestFolder().WithSamples(1);
        PngWriter.WriteIndexed(folder["masks", "surface_000.png"], [3, 3], 2, 1, Palette.Voc(4));
        Mlseg.Run(Arguments(folder)).RequireError(1, "only the value 3");
    }

    [TestMethod]
    public void Train_ImageWithoutMask_NamesIt()
    {
        using TestFolder folder = new TestFolder().WithSamples(2);
        File.Delete(folder["masks", "surface_001.png"]);
        Mlseg.Run(Arguments(folder)).RequireError(1, "surface_001");
    }

    [TestMethod]
    public void Train_LabelOutsideTheClasses_NamesFileAndClassesAndLeavesNoModel()
    {
        using TestFolder folder = new TestFolder().WithSamples(2);
        Mlseg.Run(Arguments(folder, "--classes", folder.Write("classes.txt", "background", "scratch"))).RequireError(1, "surface_00", "1 scratch");
        Assert.IsFalse(File.Exists(folder["models", "model.onnx"]));
    }

    [TestMethod]
    public void Train_OutIsAFolder_SaysSoBeforeItTrains()
    {
        using TestFolder folder = new TestFolder().WithSamples(1);
        Directory.CreateDirectory(folder["models", "model.onnx"]);
        Mlseg.Run(Arguments(folder, "--minutes", "60")).RequireError(1, "is a folder");
    }

    [TestMethod]
    public void Train_LossIsNoNumber_WritesTheLastGoodModelAndFails()
    {
        using TestFolder folder = new TestFolder().WithSamples(2);
        string model = folder["models", "model.onnx"];
        MlsegResult result = Mlseg.Run(Arguments(folder, "--epochs", "4", "--batch", "2", "--learning-rate", "1e30"));
        result.RequireError(1, "the loss is", "Lower the learning rate", model);
        Mlseg.Run("info", model).RequireDone();
    }

    [TestMethod]
    public void Train_Interrupted_EndsAndLeavesNoFile()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("Windows has no signal that another process can send for Ctrl-C.");
        using TestFolder folder = new TestFolder().WithSamples(3);
        using Process process = Mlseg.Start(Arguments(folder, "--minutes", "60", "--batch", "2"));

        // The folder is made just before the training starts.
        while (!Directory.Exists(folder["models"]) && !process.HasExited) Thread.Sleep(20);
        Thread.Sleep(1000);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"])) kill.WaitForExit();

        MlsegResult result = Mlseg.WaitFor(process);
        Assert.AreEqual(130, result.ExitCode, result.Error);
        Assert.HasCount(1, result.Error.TrimEnd().Split('\n'));
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder["models"]));
    }
}
