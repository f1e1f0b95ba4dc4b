using System.Runtime.InteropServices;
using MLSegmentation.Training;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ProcessTuningTest
{
    /// <summary>It asks for nothing of TorchSharp's, so it can come first in a program.</summary>
    [TestMethod]
    public void KeepFreedMemory_Twice_IsDoneWhereThereIsGlibc()
    {
        bool hasGlibc = OperatingSystem.IsLinux()
            && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);

        Assert.AreEqual(hasGlibc, ProcessTuning.KeepFreedMemory());
        Assert.AreEqual(hasGlibc, ProcessTuning.KeepFreedMemory());
    }
}
