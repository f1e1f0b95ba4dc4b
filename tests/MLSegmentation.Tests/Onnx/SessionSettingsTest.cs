using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation.Tests;

/// <summary>What each choice of an execution provider leads to; no device is needed to say it.</summary>
[TestClass]
public sealed class SessionSettingsTest
{
    private const int Cores = 8;

    [TestMethod]
    [DataRow(null, null, false, 7, 2, DisplayName = "any size")]
    [DataRow(512, 512, true, 7, 2, DisplayName = "one large size")]
    [DataRow(64, null, false, 7, 2, DisplayName = "one height")]
    public void For_Cpu_KeepsMemoryLowAndSharesTheCores(int? height, int? width, bool arena, int threads, int runs)
    {
        var settings = SessionSettings.For(ExecutionProvider.Cpu, device: 3, (height, width), threads: null, Cores);

        Assert.AreEqual((threads, runs, arena), (settings.Threads, settings.RunsAtOnce, settings.CpuArena));
        Assert.IsFalse(settings.Facts.MemoryPatterns);
        Assert.IsEmpty(settings.ProviderOptions);
    }

    [TestMethod]
    public void For_CpuWithThreads_HasAnyNumberOfRuns()
    {
        var settings = SessionSettings.For(ExecutionProvider.Cpu, null, (null, null), threads: 3, Cores);

        Assert.AreEqual((3, null), (settings.Threads, settings.RunsAtOnce));
    }

    [TestMethod]
    [DataRow(ExecutionProvider.Cuda, true, null)]
    [DataRow(ExecutionProvider.TensorRt, true, null)]
    [DataRow(ExecutionProvider.OpenVino, true, null)]
    [DataRow(ExecutionProvider.CoreMl, true, null)]
    [DataRow(ExecutionProvider.DirectMl, false, 1)]
    public void For_Others_HaveTheRuntimesDefaults(ExecutionProvider provider, bool patterns, int? runs)
    {
        var settings = SessionSettings.For(provider, null, (null, null), threads: null, Cores);

        Assert.AreEqual((0, runs, true), (settings.Threads, settings.RunsAtOnce, settings.CpuArena));
        Assert.AreEqual(patterns, settings.Facts.MemoryPatterns);
        Assert.AreEqual(2, SessionSettings.For(provider, null, (null, null), threads: 2, Cores).Threads);
    }

    [TestMethod]
    [DataRow(ExecutionProvider.Cuda, null, "device_id=0,cudnn_conv_algo_search=HEURISTIC")]
    [DataRow(ExecutionProvider.Cuda, 2, "device_id=2,cudnn_conv_algo_search=HEURISTIC")]
    [DataRow(ExecutionProvider.TensorRt, 1, "device_id=1")]
    [DataRow(ExecutionProvider.DirectMl, 1, "device_id=1")]
    [DataRow(ExecutionProvider.OpenVino, null, "device_type=AUTO")]
    [DataRow(ExecutionProvider.OpenVino, 0, "device_type=GPU.0")]
    [DataRow(ExecutionProvider.CoreMl, null, "")]
    public void For_DeviceNumber_BecomesTheProvidersOwnOption(ExecutionProvider provider, int? device, string expected)
    {
        var settings = SessionSettings.For(provider, device, (null, 64), threads: null, Cores);

        Assert.AreEqual(expected, string.Join(',', settings.ProviderOptions.Select(option => $"{option.Key}={option.Value}")));
    }

    [TestMethod]
    public void For_CudaWithImagesOfOneSize_MeasuresItsAlgorithms() => Assert.AreEqual(
        "EXHAUSTIVE",
        SessionSettings.For(ExecutionProvider.Cuda, null, (64, 64), null, Cores).ProviderOptions["cudnn_conv_algo_search"]);

    [TestMethod]
    [DataRow(ExecutionProvider.DirectMl)]
    [DataRow(ExecutionProvider.OpenVino)]
    [DataRow(ExecutionProvider.CoreMl)]
    public void Create_ProviderThatIsNotInThisLibrary_IsKnownToItByName(ExecutionProvider provider)
    {
        if (ProviderTable.Of(provider).IsOffered) Assert.Inconclusive($"This ONNX Runtime has {provider}.");

        string message = Assert.ThrowsExactly<OnnxRuntimeException>(
            () => SessionSettings.For(provider, null, (null, null), threads: null, Cores).Create()).Message;

        StringAssert.Contains(message, "not supported in this build");
    }

    [TestMethod]
    public void Create_Cpu_SetsWhatTheSettingsSay()
    {
        using SessionOptions options = SessionSettings.For(ExecutionProvider.Cpu, null, (null, null), threads: 3, Cores).Create();

        Assert.AreEqual(3, options.IntraOpNumThreads);
        Assert.IsFalse(options.EnableMemoryPattern);
        Assert.IsFalse(options.EnableCpuMemArena);
        Assert.AreEqual(GraphOptimizationLevel.ORT_ENABLE_ALL, options.GraphOptimizationLevel);
        Assert.AreEqual(ExecutionMode.ORT_SEQUENTIAL, options.ExecutionMode);
        Assert.AreEqual(OnnxLog.Severity, options.LogSeverityLevel);
    }
}
