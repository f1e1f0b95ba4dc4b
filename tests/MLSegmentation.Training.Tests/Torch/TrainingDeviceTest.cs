using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TrainingDeviceTest
{
    [TestMethod]
    public void ToString_IsWhatTheCommandLineTakes() => CollectionAssert.AreEqual(
        (string[])["auto", "cpu", "cuda", "cuda:1"],
        (string[])
        [
            $"{default(TrainingDevice)}", $"{TrainingDevice.Cpu}", $"{TrainingDevice.Cuda()}", $"{TrainingDevice.Cuda(1)}",
        ]);

    [TestMethod]
    public void Cuda_NumberBelowZero_IsRefused() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TrainingDevice.Cuda(-1));

    [TestMethod]
    public void ChooseDevice_Cpu_GoesBeforeTheEnvironment() => Assert.AreEqual(
        TorchSharp.DeviceType.CPU, TorchBackend.ChooseDevice(TrainingDevice.Cpu, gpu: 3, fallbackToCpu: false, Unexpected).type);

    [TestMethod]
    public void ChooseDevice_CudaThatIsNotThere_NamesTheOption()
    {
        if (cuda.is_available()) Assert.Inconclusive("There is a GPU, so that none is missing.");

        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => TorchBackend.ChooseDevice(TrainingDevice.Cuda(), gpu: null, fallbackToCpu: false, Unexpected)).Message;

        StringAssert.Contains(message, "The GPU 0 was asked for (Device)");
        StringAssert.Contains(message, "LibTorchFolder");
    }

    [TestMethod]
    public void ChooseDevice_CudaThatIsNotThereWithFallback_WarnsAndIsTheCpu()
    {
        if (cuda.is_available()) Assert.Inconclusive("There is a GPU, so that none is missing.");
        var warnings = new List<string>();

        Device device = TorchBackend.ChooseDevice(TrainingDevice.Cuda(2), gpu: null, fallbackToCpu: true, warnings.Add);

        Assert.AreEqual(TorchSharp.DeviceType.CPU, device.type);
        StringAssert.Contains(warnings.Single(), "The GPU 2 was asked for (Device)");
    }

    [TestMethod]
    [DataRow(ConvolutionPrecision.Auto, ConvolutionPrecision.Float32)]
    [DataRow(ConvolutionPrecision.Float32, ConvolutionPrecision.Float32)]
    [DataRow(ConvolutionPrecision.BFloat16, ConvolutionPrecision.BFloat16)]
    public void Resolve_OnTheProcessor_IsExactUnlessAskedFor(ConvolutionPrecision asked, ConvolutionPrecision expected) =>
        Assert.AreEqual(expected, TorchBackend.Resolve(asked, CPU));

    [TestMethod]
    public void Resolve_FastestOnTheProcessor_GoesByItsInstructions() => Assert.AreEqual(
        ProcessorSupport.HasBFloat16 ? ConvolutionPrecision.BFloat16 : ConvolutionPrecision.Float32,
        TorchBackend.Resolve(ConvolutionPrecision.Fastest, CPU));

    private static void Unexpected(string warning) => Assert.Fail(warning);
}
