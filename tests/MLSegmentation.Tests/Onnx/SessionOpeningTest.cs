using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class SessionOpeningTest
{
    // No machine has as many.
    private const int Missing = 1000;

    private readonly List<string> _warnings = [];

    private static IEnumerable<object[]> Named =>
        ProviderTable.All.Select(facts => facts.Provider).Where(provider => provider != ExecutionProvider.Cpu)
            .Select(provider => new object[] { provider });

    [TestMethod]
    public void Open_NothingSaid_RunsOnTheCpu()
    {
        using OnnxSession session = Open(ExecutionDevice.Cpu);

        Assert.AreEqual(ExecutionProvider.Cpu, session.Provider);
    }

    [TestMethod]
    public void Open_MissingGpuWithFallback_RunsOnTheCpuAndSaysWhy()
    {
        using OnnxSession session = Open(Gpu(fallsBack: true));

        Assert.AreEqual(1, Run(session));
        Assert.AreEqual(ExecutionProvider.Cpu, session.Provider);
        StringAssert.Contains(_warnings.Single(), "GPU 1000 was asked for");
        StringAssert.Contains(_warnings.Single(), "runs on the CPU");
    }

    [TestMethod]
    public void Open_MissingGpuWithoutFallback_NamesTheGpuAndThePackage()
    {
        string message = Assert.ThrowsExactly<InvalidOperationException>(() => Open(Gpu(fallsBack: false))).Message;

        StringAssert.Contains(message, "GPU 1000 was asked for");
        StringAssert.Contains(message, "Microsoft.ML.OnnxRuntime.Gpu");
        StringAssert.Contains(message, "FallbackToCpu");
    }

    [TestMethod]
    [DynamicData(nameof(Named))]
    public void Open_ProviderThatTheNativeLibraryLacks_SaysWhatItHasAndWhatToAdd(ExecutionProvider provider)
    {
        ProviderFacts facts = ProviderTable.Of(provider);
        if (facts.IsOffered) Assert.Inconclusive($"This ONNX Runtime has {provider}.");

        // Falling back is for the GPU of the MLContext: who names a provider wants that.
        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => Open(Gpu(fallsBack: true), On(provider))).Message;

        StringAssert.Contains(message, $"The ExecutionProvider {provider} was asked for");
        foreach (string offered in OrtEnv.Instance().GetAvailableProviders()) StringAssert.Contains(message, offered);
        StringAssert.Contains(message, $"not {facts.Name}");
        StringAssert.Contains(message, "OnnxRuntime");
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    public void Open_ProviderThatIsOfferedAndCannotBeUsed_SaysWhatTheRuntimeSays()
    {
        if (!ProviderTable.Of(ExecutionProvider.Cuda).IsOffered) Assert.Inconclusive("This ONNX Runtime has no CUDA.");

        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => Open(ExecutionDevice.Cpu, On(ExecutionProvider.Cuda) with { DeviceId = Missing })).Message;

        StringAssert.Contains(message, "ONNX Runtime says: ");
        StringAssert.Contains(message, "CUDA and cuDNN");
    }

    [TestMethod]
    public void Open_CpuByName_ComesBeforeTheGpuOfTheContext()
    {
        using OnnxSession session = Open(Gpu(fallsBack: false), On(ExecutionProvider.Cpu));

        Assert.AreEqual(1, Run(session));
        Assert.AreEqual(ExecutionProvider.Cpu, session.Provider);
    }

    [TestMethod]
    public void Open_AutoWithoutAnythingElse_RunsOnTheCpu()
    {
        if (ProviderTable.All.Any(facts => facts.IsAutomatic && facts.IsOffered))
            Assert.Inconclusive("This ONNX Runtime has more than the CPU.");

        using OnnxSession session = Open(Gpu(fallsBack: false), On(ExecutionProvider.Auto));

        Assert.AreEqual(1, Run(session));
        Assert.AreEqual(ExecutionProvider.Cpu, session.Provider);
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    public void Open_DamagedModelOnMissingGpu_IsTheModelsError()
    {
        byte[] model = TestGraphs.BrightestChannel();
        OnnxModelInfo info = OnnxModelInfo.FromBytes(model);

        Assert.ThrowsExactly<InvalidDataException>(() => OnnxSession.Open(
            OnnxModelSource.Of(model[..(model.Length / 2)]), info, output: null, scores: null, TestGraphs.OneThread,
            Gpu(fallsBack: true), "owner"));
    }

    [TestMethod]
    public void Open_OptionsOfTheApplication_AreUsedBeforeAllElseAndStayItsOwn()
    {
        using var folder = new TestFolder();
        string optimized = folder.FileNamed("optimized.onnx");
        using SessionOptions own = OnnxModelFile.CreateOptions();
        own.OptimizedModelFilePath = optimized;
        ExecutionDevice device = Gpu(fallsBack: false) with { CreateOptions = () => own };

        using OnnxSession first = Open(device, On(ExecutionProvider.Cuda)), second = Open(device);

        Assert.IsTrue(File.Exists(optimized), "The options tell the session to write what it made of the graph.");
        Assert.AreEqual(2, Run(first) + Run(second));
        Assert.IsNull(first.Provider);
        Assert.IsFalse(own.IsClosed);
    }

    [TestMethod]
    public void Open_OptionsOfTheApplicationThatAreNull_IsAnError()
    {
        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => Open(ExecutionDevice.Cpu with { CreateOptions = () => null })).Message;

        StringAssert.Contains(message, "CreateSessionOptions");
        StringAssert.Contains(message, "null");
    }

    [TestMethod]
    public void Open_OptionsOfTheApplicationThatTheModelCannotBeOpenedWith_SaysThatItIsThem()
    {
        ExecutionDevice device = ExecutionDevice.Cpu with
        {
            CreateOptions = () =>
            {
                SessionOptions own = OnnxModelFile.CreateOptions();
                own.OptimizedModelFilePath = Path.Combine(Path.GetTempPath(), "no such folder", "model.onnx");
                return own;
            },
        };

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => Open(device)).Message;

        StringAssert.Contains(message, "CreateSessionOptions");
        StringAssert.Contains(message, "ONNX Runtime says: ");
    }

    private static ImageModelOptions On(ExecutionProvider provider) => TestGraphs.OneThread with { ExecutionProvider = provider };

    private static OnnxSession Open(ExecutionDevice device, ImageModelOptions? options = null)
    {
        byte[] model = TestGraphs.BrightestChannel();
        return OnnxSession.Open(
            OnnxModelSource.Of(model), OnnxModelInfo.FromBytes(model), output: null, scores: null,
            options ?? TestGraphs.OneThread, device, "owner");
    }

    private static int Run(OnnxSession session)
    {
        using OnnxResults results = session.Run(new float[12], 1, 2, 2, ["mask"]);
        return results.Count;
    }

    private ExecutionDevice Gpu(bool fallsBack) => new(Missing, fallsBack, _warnings.Add);
}
