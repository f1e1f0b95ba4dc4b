using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class OnnxLogTest
{
    [TestMethod]
    public void CreateOptions_OfTheFirstSession_KeepsSessionsOfOthersQuietToo()
    {
        OnnxModelFile.CreateOptions().Dispose();

        if (!OnnxLog.TurnOff()) Assert.Inconclusive("Another test has used ONNX Runtime before this library did.");
        Assert.AreEqual(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, OrtEnv.Instance().EnvLogLevel);
    }
}
