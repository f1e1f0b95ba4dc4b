using System.Diagnostics;
using Microsoft.ML.Data;
using MLSegmentation.Training;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class TrainSegmentationTest
{
    private static string[] Arguments(TestFolder folder, params string[] more) =>
        ["train", "segmentation", "--images", folder.Images, "--masks", folder.Masks, "--out", folder["models", "model.onnx"],
            "--size", "64x64", .. more.Contains("--network") ? more : ["--network", "unet-compact", .. more]];

    [TestMethod]
    public void Train_MasksOf0And255InSubfolders_AreTwoClassesForEvaluateAndSegmentToo()
    {
        using TestFolder folder = new TestFolder().WithSamples(3);
        for (int i = 0; i < 3; i++)
        {
            string subfolder = $"part {i % 2}", image = folder["images", subfolder, $"surface_{i:000}.jpg"],
                mask = folder["masks", subfolder, $"surface_{i:000}_mask.png"];
            Directory.CreateDirectory(folder["images", subfolder]);
            Directory.CreateDirectory(folder["masks", subfolder]);
            File.Move(folder["images", $"surface_{i:000}.jpg"], image);
            File.Move(folder["masks", $"surface_{i:000}.png"], mask);
            Halve(mask, 0, 255, Palette.Voc(256));
        }
        string model = folder["models", "model.onnx"];

        MlsegResult trained = Mlseg.Run(Arguments(folder, "--epochs", "1", "--batch", "2"));
        trained.RequireDone();
        Assert.Contains("255 is read as class 1", trained.Output);
        Assert.Contains("--mask-threshold 128", trained.Output);

        Assert.AreEqual(
            128, Mlseg.Run("evaluate", "--model", model, "--images", folder.Images, "--masks", folder.Masks, "--json")
                .Json().GetProperty("maskThreshold").GetInt32());
        Mlseg.Run("segment", "--model", model, "--images", folder.Images, "--out", folder["images", "out"], "--format", "png,csv")
            .RequireDone();
        Assert.IsTrue(File.Exists(folder["images", "out", "part 1", "surface_001.png"]));
        Assert.Contains("part 1/surface_001.jpg", File.ReadAllText(folder["images", "out", "areas.csv"]));

        // The masks in the folder of images are none when it is segmented again.
        Assert.Contains("3 of 3 images were done before",
            Mlseg.Run("segment", "--model", model, "--images", folder.Images, "--out", folder["images", "out"]).Output);
    }

    [TestMethod]
    public void Train_NetworkWithDefaultWeights_StartsFromThemAndSaysSo()
    {
        const string Weights = "resnet18-imagenet";
        if (FoundWeights.Of(WeightCatalogue.Find(Weights)) is null) Assert.Inconclusive("The weights are not on this machine.");
        using TestFolder folder = new TestFolder().WithSamples(2);
        string[] options = ["--network", "unet-light-resnet20", "--epochs", "1", "--batch", "2"];

        MlsegResult trained = Mlseg.Run(Arguments(folder, options));

        trained.RequireDone();
        Assert.Contains($"The encoder resnet20 starts from the weights {Weights}.", trained.Output);
        Assert.Contains($", encoder from {Weights}) on 2 images", trained.Output);
        Assert.Contains($"encoder from  {Weights}", Mlseg.Run("info", folder["models", "model.onnx"]).Output);

        MlsegResult none = Mlseg.Run(Arguments(folder, [.. options, "--weights", "none", "--overwrite"]));
        none.RequireDone();
        Assert.DoesNotContain("The encoder", none.Output);
        Assert.DoesNotContain("encoder from", Mlseg.Run("info", folder["models", "model.onnx"]).Output);
    }

    [TestMethod]
    public void Train_PalettesThatNumberColoursAnew_AreReadByColoursInEvaluateToo()
    {
        using TestFolder folder = new TestFolder().WithSamples(2);
        string classes = folder.Write("classes.txt", "0 background #000000", "1 object #800000");
        Halve(folder["masks", "surface_000.png"], 0, 1, Palette.Voc(2));
        Halve(folder["masks", "surface_001.png"], 1, 0, [new Rgb(128, 0, 0), default]);
        string model = folder["models", "model.onnx"];

        Assert.Contains("warning palette-order: 1",
            Mlseg.Run(Arguments(folder, "--epochs", "1", "--batch", "2", "--classes", classes)).Output);

        MlsegResult evaluated = Mlseg.Run("evaluate", "--model", model, "--images", folder.Images, "--masks", folder.Masks);
        evaluated.RequireDone();
        Assert.Contains("1 mask had a palette", evaluated.Output);
    }

    [TestMethod]
    public void Train_Plan_SaysWhyAndWritesNothing()
    {
        using TestFolder folder = new TestFolder().WithSamples(4);

        MlsegResult planned = Mlseg.Run(Arguments(folder, "--plan", "--batch", "2", "--minutes", "3"));

        planned.RequireDone();
        string[] names = ["choice", "images", "network", "weights", "size", "window", "batch", "dice", "class weights",
            "up matters",
            "mirrored", "memory of a step", "precision", "step", "length"];
        string[] lines = planned.Output.TrimEnd().Split('\n')[^names.Length..];
        for (int i = 0; i < names.Length; i++) Assert.StartsWith(names[i] + "  ", lines[i]);
        Assert.EndsWith("given", lines[4].TrimEnd());
        Assert.EndsWith("given", lines[6].TrimEnd());
        Assert.IsFalse(Directory.Exists(folder["models"]));
    }

    [TestMethod]
    public void Train_OneClassOnly_SaysSo()
    {
        using TestFolder folder = new TestFolder().WithSamples(1);
        Fill(folder["masks", "surface_000.png"], 3, 3);
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
    public void Train_SeveralErrors_NamesEachKindOnOneLine()
    {
        using TestFolder folder = new TestFolder().WithSamples(3);
        File.Delete(folder["masks", "surface_001.png"]);
        File.WriteAllBytes(folder["images", "surface_002.jpg"], [0xFF, 0xD8, 0xFF, 0xE0]);
        Mlseg.Run(Arguments(folder))
            .RequireError(1, "2 errors", "surface_001.jpg' has no mask", "surface_002.jpg' cannot be read", "'mlseg check'");
    }

    [TestMethod]
    public void Train_WarningsAndFaultsOfOtherParts_ArePrintedAndTrainingGoesOn()
    {
        using TestFolder folder = new TestFolder().WithSamples(4);
        string split = folder.Write(
            "split.csv", "name,split", "surface_000,train", "surface_001,train", "surface_002,test", "surface_003,test");
        File.Copy(folder["images", "surface_001.jpg"], folder["images", "surface_002.jpg"], overwrite: true);
        File.Copy(folder["masks", "surface_001.png"], folder["masks", "surface_002.png"], overwrite: true);
        File.Delete(folder["masks", "surface_003.png"]);

        MlsegResult result = Mlseg.Run(Arguments(folder, "--epochs", "1", "--batch", "2", "--split", split));

        result.RequireDone();
        Assert.Contains("warning duplicate: 1", result.Output);
        Assert.Contains("surface_002.jpg' (test) is the same file", result.Output);
        Assert.Contains("warning image-without-mask: 1", result.Output);
        Assert.IsTrue(File.Exists(folder["models", "model.onnx"]));
    }

    [TestMethod]
    public void Train_PartThatTheSplitLacks_NamesItsParts()
    {
        using TestFolder folder = new TestFolder().WithSamples(1);
        string split = folder.Write("split.csv", "name,split", "surface_000,test");
        Mlseg.Run(Arguments(folder, "--split", split)).RequireError(1, "'train'", "test");
    }

    [TestMethod]
    public void Train_LabelOutsideTheClasses_NamesFileAndClassesAndLeavesNoModel()
    {
        using TestFolder folder = new TestFolder().WithSamples(2);
        Mlseg.Run(Arguments(folder, "--classes", folder.Write("classes.txt", "background", "scratch")))
            .RequireError(1, "surface_00", "1 scratch");
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
    public void Train_ModelThatIsThere_IsRefusedBeforeTrainingUnlessToBeReplaced()
    {
        using TestFolder folder = new TestFolder().WithSamples(1);
        string model = folder["models", "model.onnx"];
        Directory.CreateDirectory(folder["models"]);
        File.WriteAllText(model, "an earlier model");

        Mlseg.Run(Arguments(folder, "--minutes", "60")).RequireError(1, "is there already", "--overwrite");
        Mlseg.Run(Arguments(folder, "--minutes", "60", "--resume")).RequireError(1, "is there already", "--overwrite");
        Assert.AreEqual("an earlier model", File.ReadAllText(model));

        MlsegResult done = Mlseg.Run(Arguments(folder, "--epochs", "1", "--overwrite"));
        done.RequireDone();
        Assert.Contains("on 1 image: 1 epoch,", done.Output);
        Assert.Contains("1 step is too few", done.Output);
        Assert.Contains("--validation 0.1", done.Output);
        Mlseg.Run("info", model).RequireDone();
    }

    [TestMethod]
    public void Train_FewStepsWithImagesHeldBack_SaysWhatTheyCameTo()
    {
        using TestFolder folder = new TestFolder().WithSamples(4);
        MlsegResult result = Mlseg.Run(Arguments(folder, "--epochs", "2", "--batch", "1", "--validation", "0.25"));
        result.RequireDone();
        Assert.MatchesRegex(
            @"Warning: 6 steps are too few .* On the images held back it came to mean IoU 0\.\d+ in validation", result.Output);
    }

    [TestMethod]
    public void Train_LossIsNoNumber_FailsAndLeavesAnEarlierModelAlone()
    {
        using TestFolder folder = new TestFolder().WithSamples(2);
        string model = folder["models", "model.onnx"];
        Directory.CreateDirectory(folder["models"]);
        File.WriteAllText(model, "an earlier model");
        MlsegResult result = Mlseg.Run(
            Arguments(folder, "--epochs", "4", "--batch", "2", "--learning-rate", "1e30", "--overwrite"));
        result.RequireError(1, "the loss is", "Lower the --learning-rate");
        Assert.AreEqual("an earlier model", File.ReadAllText(model));
    }

    [TestMethod]
    public void Train_LossIsNoNumberLater_LeavesTheLastGoodModelBeside()
    {
        using TestFolder folder = new TestFolder().WithSamples(2);
        MlsegResult result = Mlseg.Run(
            Arguments(folder, "--epochs", "4", "--batch", "2", "--learning-rate", "1e30", "--average", "0.5"));
        string kept = folder["models", "model.diverged.onnx"];
        result.RequireError(1, "the loss is", kept);
        Assert.IsFalse(File.Exists(folder["models", "model.onnx"]));
        Mlseg.Run("segment", "--model", kept, "--images", folder.Images, "--out", folder["masks of it"]).RequireDone();
    }

    [TestMethod]
    public void Train_InitialModelOfAnAutoencoder_StartsFromItsEncoder()
    {
        using TestFolder folder = new TestFolder().WithSamples(2);
        string autoencoder = folder["models", "cae.onnx"];
        Mlseg.Run("train", "autoencoder", "--images", folder.Images, "--out", autoencoder, "--encoder", "compact", "--size",
            "64x64", "--latent", "4", "--epochs", "1").RequireDone();
        Mlseg.Run(Arguments(folder, "--epochs", "1", "--initial-model", autoencoder)).RequireDone();
    }

    [TestMethod]
    public void TrainAndEvaluate_ColourMasksWithAnIgnoreColour_AreReadByTheirColours()
    {
        using TestFolder folder = new TestFolder().WithSamples(2);
        string classes = folder.Write(
            "classes.txt", "0 background #000000", "1 scratch #FF0000", "2 pit #00FF00", "3 stain #0000FF", "4 void #FFFFFF");
        foreach (string mask in Directory.GetFiles(folder.Masks))
            Recolour(mask, [0x000000, 0xFF0000, 0x00FF00, 0x0000FF], ignored: 0xFFFFFF);

        Mlseg.Run(Arguments(folder, "--epochs", "1", "--batch", "2", "--classes", classes, "--ignore", "4")).RequireDone();
        var metrics = Mlseg.Run("evaluate", "--model", folder["models", "model.onnx"], "--images", folder.Images, "--masks",
            folder.Masks, "--json").Json();

        Assert.AreEqual(2, metrics.GetProperty("images").GetInt32());
        Assert.IsTrue(metrics.GetProperty("perClassIoU").TryGetProperty("stain", out _));
    }

    /// <summary>Writes a mask anew: its first pixel has one value, the others another.</summary>
    private static void Fill(string file, byte first, byte others)
    {
        LabelImage mask = LabelImageReader.Read(file);
        byte[] values = [first, .. Enumerable.Repeat(others, mask.Values.Length - 1)];
        PngWriter.WriteIndexed(file, values, mask.Width, mask.Height, Palette.Voc(256));
    }

    private static void Halve(string file, byte upper, byte lower, Rgb[] palette)
    {
        LabelImage mask = LabelImageReader.Read(file);
        byte[] values = [.. Enumerable.Range(0, mask.Values.Length).Select(i => i < mask.Values.Length / 2 ? upper : lower)];
        PngWriter.WriteIndexed(file, values, mask.Width, mask.Height, palette);
    }

    /// <summary>Writes a mask of indices anew in colours, its first row ignored.</summary>
    private static void Recolour(string file, int[] colours, int ignored)
    {
        LabelImage mask = LabelImageReader.Read(file);
        var pixels = new byte[mask.Values.Length * 4];
        for (int i = 0; i < mask.Values.Length; i++)
        {
            int colour = i < mask.Width ? ignored : colours[mask.Values[i]];
            (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) =
                ((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour, 255);
        }
        using MLImage image = MLImage.CreateFromPixels(mask.Width, mask.Height, MLPixelFormat.Rgba32, pixels);
        PngWriter.WriteRgb(file, image);
    }

    [TestMethod]
    public void Train_Interrupted_EndsAndLeavesNothingButACheckpoint()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("Windows has no signal that another process can send for Ctrl-C.");
        using TestFolder folder = new TestFolder().WithSamples(3);
        string checkpoint = folder["states", "model.checkpoint"];
        using Process process = Mlseg.Start(
            Arguments(folder, "--minutes", "60", "--batch", "2", "--checkpoint", checkpoint, "--checkpoint-minutes", "0.0001"));
        while (!File.Exists(checkpoint) && !process.HasExited) Thread.Sleep(20);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"])) kill.WaitForExit();

        MlsegResult result = Mlseg.WaitFor(process);
        Assert.AreEqual(130, result.ExitCode, result.Error);
        Assert.HasCount(1, result.Error.TrimEnd().Split('\n'));
        Assert.Contains("--resume", result.Error);
        Assert.Contains(checkpoint, result.Error);
        Assert.AreSequenceEqual([checkpoint], Directory.GetFileSystemEntries(folder["states"]));
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder["models"]));
    }
}
