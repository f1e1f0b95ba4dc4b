using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Onnx;
using MLSegmentation.Tests.Transforms;

namespace MLSegmentation.Tests.Onnx;

[TestClass]
public sealed class OnnxOutputsTest
{
    [TestMethod]
    [DataRow("mask")]
    [DataRow("probabilities")]
    public void Keep_OneOutput_GivesItsValuesAlone(string output)
    {
        byte[] model = TestGraphs.BrightestChannel(), kept = OnnxOutputs.Keep(model, output);

        Assert.IsLessThan(model.Length, kept.Length);
        Assert.IsNull(OnnxStructure.FindFault(kept));
        using InferenceSession all = new(model), one = new(kept);
        CollectionAssert.AreEqual(new[] { output }, one.OutputNames.ToArray());
        CollectionAssert.AreEqual(Run(all, output), Run(one, output));
        CollectionAssert.AreEquivalent(all.ModelMetadata.CustomMetadataMap.ToArray(), one.ModelMetadata.CustomMetadataMap.ToArray());
    }

    [TestMethod]
    public void Keep_OutputThatOthersDoNotNeed_LeavesTheirNodesOut()
    {
        byte[] model = TestGraphs.BrightestChannel(), kept = OnnxOutputs.Keep(model, "probabilities");

        Assert.IsTrue(Contains(model, "ArgMax"u8));
        Assert.IsFalse(Contains(kept, "ArgMax"u8));
        Assert.IsTrue(Contains(kept, "Softmax"u8));
    }

    private static bool Contains(byte[] model, ReadOnlySpan<byte> text) => model.AsSpan().IndexOf(text) >= 0;

    private static byte[] Run(InferenceSession session, string output)
    {
        var random = new Random(1);
        float[] pixels = [.. Enumerable.Range(0, 3 * 6 * 5).Select(_ => random.Next(256))];
        using OrtValue image = OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, 6, 5]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["image"], [image], [output]);
        return output == "mask" ? results[0].GetTensorDataAsSpan<byte>().ToArray() : System.Runtime.InteropServices.MemoryMarshal.AsBytes(results[0].GetTensorDataAsSpan<float>()).ToArray();
    }
}
