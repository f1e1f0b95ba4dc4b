namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class CommandLineTest
{
    private static readonly string[] _train = ["train", "segmentation", "--images", "i", "--masks", "m", "--out", "o.onnx"];

    [TestMethod]
    [DataRow("bogus", "bogus")]
    [DataRow("segment --model a.onnx", "--images")]
    [DataRow("info", "FILE")]
    [DataRow("evaluate --model a --images b --part test", "--split")]
    public void Run_WrongUsage_ExitsWithTwoAndSaysWhat(string line, string word) => Mlseg.Run(line.Split(' ')).RequireError(2, word);

    [TestMethod]
    [DataRow("--epochs 3 --minutes 2", "not both")]
    [DataRow("--epochs 0", "at least 1")]
    [DataRow("--epochs many", "'many'")]
    [DataRow("--minutes -1", "above 0")]
    [DataRow("--window 100x64", "multiples of 32")]
    [DataRow("--size wide", "width x height")]
    [DataRow("--network other", "unet-compact")]
    [DataRow("--ignore -1", "at least 0")]
    public void Run_WrongTrainingOption_ExitsWithTwoAndSaysWhat(string options, string word) =>
        Mlseg.Run([.. _train, .. options.Split(' ')]).RequireError(2, word);

    [TestMethod]
    public void Run_NoCommand_ShowsHelpAndExitsWithTwo()
    {
        MlsegResult result = Mlseg.Run();
        Assert.AreEqual(2, result.ExitCode);
        Assert.Contains("segment", result.Output);
    }

    [TestMethod]
    public void Run_Help_NamesEveryNetwork()
    {
        MlsegResult result = Mlseg.Run("train", "segmentation", "--help");
        result.RequireDone();
        foreach (var network in Training.Networks.SegmentationNetworks.All) Assert.Contains(network.Name, result.Output);
    }

    [TestMethod]
    public void Run_MissingFolder_ExitsWithOneAndNamesIt() => Mlseg.Run(_train).RequireError(1, "'i'");

    [TestMethod]
    public void Run_MissingModel_ExitsWithOneAndNamesIt()
    {
        Mlseg.Run("info", "none.onnx").RequireError(1, "none.onnx");
        Mlseg.Run("segment", "--model", "none.onnx", "--images", AppContext.BaseDirectory, "--out", "x").RequireError(1);
        Mlseg.Run("evaluate", "--model", "none.onnx", "--images", "x", "--json").RequireError(1, "none.onnx");
    }

    [TestMethod]
    public void Run_Verbose_ShowsTheStackTraceToo()
    {
        MlsegResult result = Mlseg.Run("info", "none.onnx", "--verbose");
        Assert.AreEqual(1, result.ExitCode);
        Assert.Contains("   at MLSegmentation.", result.Error);
    }

    [TestMethod]
    public void Run_NoOnnxModel_ExitsWithOneOnOneLine()
    {
        using var folder = new TestFolder();
        Mlseg.Run("info", folder.Write("no.onnx", "this is text")).RequireError(1, "no.onnx");
    }
}
