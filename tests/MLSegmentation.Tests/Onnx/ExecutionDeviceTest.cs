using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ExecutionDeviceTest
{
    // No machine has as many.
    private const int Missing = 1000;

    [TestMethod]
    public void Open_MissingGpuWithFallback_RunsOnTheCpuAndSaysWhy()
    {
        var warnings = new List<string>();

        using OnnxSession session = Open(new ExecutionDevice(Missing, FallbackToCpu: true, warnings.Add));

        Assert.AreEqual(1, Run(session));
        StringAssert.Contains(warnings.Single(), "GPU 1000 was asked for");
        StringAssert.Contains(warnings.Single(), "runs on the CPU");
    }

    [TestMethod]
    public void Open_MissingGpuWithoutFallback_NamesTheGpuAndThePackage()
    {
        var device = new ExecutionDevice(Missing, FallbackToCpu: false, _ => Assert.Fail("Nothing falls back."));

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => Open(device)).Message;

        StringAssert.Contains(message, "GPU 1000 was asked for");
        StringAssert.Contains(message, "Microsoft.ML.OnnxRuntime.Gpu");
        StringAssert.Contains(message, "FallbackToCpu");
    }

    [TestMethod]
    public void Open_GpuThatTheNativeLibraryLacks_ListsWhatItHas()
    {
        string[] providers = OrtEnv.Instance().GetAvailableProviders();
        if (providers.Contains("CUDAExecutionProvider")) Assert.Inconclusive("This ONNX Runtime has CUDA.");

        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => Open(new ExecutionDevice(0, FallbackToCpu: false, null))).Message;

        foreach (string provider in providers) StringAssert.Contains(message, provider);
    }

    [TestMethod]
    public void Open_DamagedModelOnMissingGpu_IsTheModelsError()
    {
        byte[] model = TestGraphs.BrightestChannel();
        OnnxModelInfo info = OnnxModelInfo.FromBytes(model);

        Assert.ThrowsExactly<InvalidDataException>(() => OnnxSession.Open(
            OnnxModelSource.Of(model[..(model.Length / 2)]), info, output: null, TestGraphs.OneThread,
            new ExecutionDevice(Missing, FallbackToCpu: true, null), "owner"));
    }

    private static OnnxSession Open(ExecutionDevice device)
    {
        byte[] model = TestGraphs.BrightestChannel();
        return OnnxSession.Open(
            OnnxModelSource.Of(model), OnnxModelInfo.FromBytes(model), output: null, TestGraphs.OneThread, device, "owner");
    }

    private static int Run(OnnxSession session)
    {
        using OnnxResults results = session.Run(new float[12], 1, 2, 2, ["mask"]);
        return results.Count;
    }
}
