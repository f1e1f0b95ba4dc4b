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
    public void Run_WrongUsage_ExitsWithTwoAndSaysWhat(string line, string word) =>
        Mlseg.Run(line.Split(' ')).RequireError(2, word);

    [TestMethod]
    public void Run_Help_ListsEveryExitCode()
    {
        string help = string.Join(' ', Mlseg.Run("--help").Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string codes =
            help[help.IndexOf("Ends with", StringComparison.Ordinal)..help.IndexOf("standard error", StringComparison.Ordinal)];
        foreach (int code in (int[])[ExitCode.Done, ExitCode.Failed, ExitCode.WrongUsage, ExitCode.OutputLost,
            ExitCode.Cancelled])
            Assert.Contains($" {code} ", codes);
    }

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
    [DataRow("trian", "'trian'", "'train'")]
    [DataRow("train segmentaton --images i", "'segmentaton'", "'segmentation'")]
    [DataRow("segment --modell m --images i --out o", "'--modell'", "'--model'")]
    [DataRow("segment --modle=m --images i --out o", "'--modle'", "'--model'")]
    [DataRow("segment --model m --images i --out o --sizing letterbx", "letterbx", "'letterbox'")]
    [DataRow("segment --model m --images i --out o --format png,cvs", "cvs", "'csv'")]
    [DataRow("segment --model m --images i --out o --mask-size imgae", "imgae", "'image'")]
    [DataRow("train segmentation --images i --masks m --out o.onnx --network unet-compct", "unet-compct", "'unet-compact'")]
    [DataRow("train segmentation --images i --masks m --out o.onnx --loss ce+dise", "ce+dise", "'dice'")]
    [DataRow("train segmentation --images i --masks m --out o.onnx --class-weights meadian", "meadian", "'median'")]
    [DataRow("train segmentation --images i --masks m --out o.onnx --schedule cosin", "cosin", "'cosine'")]
    [DataRow("train segmentation --images i --masks m --out o.onnx --weights vgg61", "vgg61", "'vgg16'")]
    [DataRow("train segmentation --images i --masks m --out o.onnx --optimizer adm", "adm", "'adam'")]
    [DataRow("train autoencoder --images i --out o.onnx --encoder compat", "compat", "'compact'")]
    [DataRow("weights get vgg61", "vgg61", "'vgg16'")]
    [DataRow("--verson", "'--verson'", "'--version'")]
    public void Run_MistypedName_IsToldWhatWasMeant(string line, string typed, string meant) =>
        Mlseg.Run(line.Split(' ')).RequireError(2, typed, $"Did you mean {meant}?");

    [TestMethod]
    [DataRow("segment --model m --images i --out o --nothing-like-it")]
    [DataRow("quux")]
    public void Run_NameLikeNoOther_IsNotGuessed(string line)
    {
        MlsegResult result = Mlseg.Run(line.Split(' '));
        result.RequireError(2);
        Assert.DoesNotContain("Did you mean", result.Error);
    }

    [TestMethod]
    [DataRow("train --images i", "mlseg train segmentation --images i --masks DIR --out FILE")]
    [DataRow("train --images i --latent 3", "mlseg train autoencoder --images i --latent 3 --out FILE")]
    [DataRow("--model m --masks n", "mlseg evaluate --model m --masks n --images PATH")]
    public void Run_NoKind_SaysTheKindsAndTheLikelyCommand(string line, string likely) =>
        Mlseg.Run(line.Split(' ')).RequireError(2, "needs one of", likely);

    [TestMethod]
    public void Run_ModelThatIsNoOnnxFile_IsRefusedBeforeAnythingElse()
    {
        Mlseg.Run("train", "segmentation", "--images", "i", "--masks", "m", "--out", "model.zip")
            .RequireError(2, "model.zip", ".onnx");
        Mlseg.Run("train", "autoencoder", "--images", "i", "--out", "model").RequireError(2, ".onnx");
    }

    [TestMethod]
    public void Run_HelpAndVersion_SayTheExitCodesAndTheVersion()
    {
        MlsegResult help = Mlseg.Run("--help"), version = Mlseg.Run("--version");
        help.RequireDone();
        version.RequireDone();
        Assert.Contains(
            "130 after Ctrl-C", string.Join(' ', help.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.MatchesRegex(@"^\d+\.\d+\.\d+", version.Output);
    }

    [TestMethod]
    public void Run_NameWithControlCharacters_ShowsThemAndSendsNone()
    {
        MlsegResult result = Mlseg.Run("info", "\u001b[31mred\u0007\u202e.onnx");
        result.RequireError(1, "\\u001B[31mred\\u0007\\u202E.onnx");
        Assert.DoesNotContain("\u001b", result.Error);
    }

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
