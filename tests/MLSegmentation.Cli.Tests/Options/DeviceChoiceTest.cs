namespace MLSegmentation.Cli.Tests;

/// <summary>What the option <c>--execution-provider</c> does in the commands that run a model.</summary>
[TestClass]
public sealed class DeviceChoiceTest
{
    private readonly SegmentFolder _folder = new();

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    [DataRow("gpu", "--execution-provider' is gpu, expected cpu, cuda, tensorrt, openvino, directml, coreml, auto")]
    [DataRow("cudaa", "Did you mean 'cuda'")]
    [DataRow("Cuda", "Did you mean 'cuda'")]
    [DataRow("cuda:", "is cuda:, expected the number of a device behind the colon, such as cuda:1")]
    [DataRow("cuda:-1", "is cuda:-1, expected the number")]
    [DataRow("cuda:one", "is cuda:one, expected the number")]
    [DataRow("cuda:99999999999", "expected the number")]
    public void Parse_Unknown_SaysWhatIsExpected(string value, string expected) =>
        _folder.Segment("out", "--execution-provider", value).RequireError(2, expected);

    [TestMethod]
    [DataRow("cpu:1")]
    [DataRow("coreml:0")]
    public void Parse_NumberWithoutDevices_IsRefused(string value) => _folder.Segment("out", "--execution-provider", value)
        .RequireError(2, $"is {value}, but {value.Split(':')[0]} has no devices to choose among");

    [TestMethod]
    public void Segment_ProviderThatIsNotThere_SaysWhatIsAndWritesNothing()
    {
        if (ProviderTable.Of(ExecutionProvider.OpenVino).IsOffered) Assert.Inconclusive("This ONNX Runtime has OpenVINO.");

        _folder.WithImages(1).Segment("out", "--execution-provider", "openvino:1").RequireError(
            1, "The --execution-provider OpenVino was asked for", "CPUExecutionProvider", "Intel.ML.OnnxRuntime.OpenVino",
            "give --execution-provider auto");

        Assert.IsFalse(Directory.Exists(_folder["out"]));
    }

    [TestMethod]
    public void Segment_OnAnotherProvider_GoesOnAndSaysWhatItRunsOn()
    {
        _folder.WithImages(2).Segment("out").RequireDone();
        string before = File.ReadAllText(_folder["out", "manifest.jsonl"]);
        File.Delete(_folder["out", "image1.png"]);

        MlsegResult result = _folder.Segment("out", "--execution-provider", "cpu");

        Assert.AreEqual(0, result.ExitCode, result.Error);
        Assert.AreEqual("mlseg: The model runs on cpu.", result.Error.Trim());
        Assert.Contains("(1 of 2 images was done before)", result.Output);
        Assert.AreEqual(before, File.ReadAllText(_folder["out", "manifest.jsonl"]));
        string difference = _folder.Segment("out", "--execution-provider", "cpu", "--min-region", "5").Error;
        Assert.Contains("--min-region was 0, is 5.", difference);
        Assert.DoesNotContain("--execution-provider was", difference);
    }

    [TestMethod]
    [DataRow(null, "")]
    [DataRow("cpu", "mlseg: The model runs on cpu.")]
    public void Evaluate_AsJson_HasTheProvider(string? provider, string said)
    {
        _folder.WithImages(2).Segment("masks").RequireDone();
        string[] asked = provider is null ? [] : ["--execution-provider", provider];

        MlsegResult result = Mlseg.Run(
            ["evaluate", "--model", _folder["model.onnx"], "--images", _folder["images"], "--masks", _folder["masks"], "--json",
            .. asked]);

        Assert.AreEqual(0, result.ExitCode, result.Error);
        Assert.AreEqual("cpu", (result with { Error = "" }).Json().GetProperty("executionProvider").GetString());
        Assert.Contains(said, result.Error);
    }
}
