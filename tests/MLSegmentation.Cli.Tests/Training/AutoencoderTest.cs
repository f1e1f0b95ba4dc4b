using System.Text.Json;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class AutoencoderTest
{
    private const int Count = 12;

    [TestMethod]
    public void TrainAndEvaluate_IdxFile_GivesTheMeanSquaredError()
    {
        using var folder = new TestFolder();
        string images = folder["images-idx3-ubyte.gz"], model = folder["cae.onnx"];
        IdxFile.Write(images, Count, 12);
        Mlseg.Run("train", "autoencoder", "--images", images, "--out", model, "--latent", "3", "--epochs", "1", "--batch", "8")
            .RequireDone();

        JsonElement info = Mlseg.Run("info", model, "--json").Json();
        Assert.AreSequenceEqual([-1, 1, 12, 12],
            info.GetProperty("inputs")[0].GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).ToArray());
        Assert.AreEqual(3, info.GetProperty("outputs")[1].GetProperty("shape")[1].GetInt32());

        JsonElement metrics = Mlseg.Run("evaluate", "--model", model, "--images", images, "--json").Json();
        Assert.AreEqual(Count, metrics.GetProperty("images").GetInt32());
        Assert.IsInRange(0.0, 1.0, metrics.GetProperty("meanSquaredError").GetDouble());
        Mlseg.Run("segment", "--model", model, "--images", images, "--out", folder["out"]).RequireError(1, "does not segment");
    }

    [TestMethod]
    public void Train_Features_WritesAModelThatGivesErrors()
    {
        using var folder = new TestFolder();
        string images = folder["images-idx3-ubyte.gz"], model = folder["dfr.onnx"];
        IdxFile.Write(images, 4, 12);
        MlsegResult trained = Mlseg.Run(
            "train", "autoencoder", "--features", "--images", images, "--out", model, "--size", "32x32", "--epochs", "1");
        if (trained.Error.Contains("not on this machine", StringComparison.Ordinal)) Assert.Inconclusive(trained.Error);
        trained.RequireDone();

        JsonElement info = Mlseg.Run("info", model, "--json").Json();
        Assert.AreEqual("dfr-resnet20", info.GetProperty("network").GetString());
        Assert.AreEqual("error", info.GetProperty("outputs")[0].GetProperty("name").GetString());
        JsonElement metrics = Mlseg.Run("evaluate", "--model", model, "--images", images, "--json").Json();
        Assert.IsInRange(0.0, 2.0, metrics.GetProperty("meanSquaredError").GetDouble());
    }

    [TestMethod]
    public void Train_Plan_SaysWhyAndWritesNothing()
    {
        using var folder = new TestFolder();
        string images = folder["images-idx3-ubyte.gz"];
        IdxFile.Write(images, Count, 12);

        MlsegResult planned = Mlseg.Run(
            "train", "autoencoder", "--images", images, "--out", folder["models", "cae.onnx"], "--plan", "--batch", "4");

        planned.RequireDone();
        string[] lines = planned.Output.TrimEnd().Split('\n'), names = [.. lines.Select(line => line.Split("  ")[0])];
        Assert.AreSequenceEqual(
            ["choice", "images", "network", "batch", "memory of a step", "precision", "step", "length"], names);
        Assert.EndsWith("given", lines[3].TrimEnd());
        Assert.IsFalse(Directory.Exists(folder["models"]));
    }

    [TestMethod]
    public void Train_WeightsAndNoEncoder_IsRefused()
    {
        using var folder = new TestFolder();
        Mlseg.Run(
            "train", "autoencoder", "--images", folder["images"], "--out", folder["cae.onnx"], "--weights", "resnet18-imagenet")
            .RequireError(2, "--weights", "--encoder", "--features");
    }

    [TestMethod]
    public void Train_ModelThatIsThere_IsRefusedBeforeTheImagesAreRead()
    {
        using var folder = new TestFolder();
        string model = folder.Write("cae.onnx", "a model");
        string images = folder.Write("images-idx3-ubyte", "no idx file");

        Mlseg.Run("train", "autoencoder", "--images", images, "--out", model)
            .RequireError(1, model, "is there already", "--overwrite");
    }

    [TestMethod]
    public void Train_TruncatedIdxFile_NamesItAndLeavesNoModel()
    {
        using var folder = new TestFolder();
        string images = folder["images-idx3-ubyte.gz"];
        IdxFile.Write(images, Count, 12);
        File.WriteAllBytes(images, File.ReadAllBytes(images)[..^12]);
        Mlseg.Run("train", "autoencoder", "--images", images, "--out", folder["cae.onnx"])
            .RequireError(1, "images-idx3-ubyte.gz");
        Assert.IsFalse(File.Exists(folder["cae.onnx"]));
    }
}
