using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class OnnxOutputsTest
{
    [TestMethod]
    [DataRow("mask")]
    [DataRow("probabilities")]
    public void KeepOnly_OneOutput_GivesItsValuesAlone(string output)
    {
        byte[] model = TestGraphs.BrightestChannel(), kept = KeepOnly(model, output);

        Assert.IsNull(OnnxStructure.FindFault(kept));
        using InferenceSession all = new(model), one = new(kept);
        CollectionAssert.AreEqual(new[] { output }, one.OutputNames.ToArray());
        CollectionAssert.AreEqual(Run(all, output), Run(one, output));
        CollectionAssert.AreEquivalent(
            all.ModelMetadata.CustomMetadataMap.ToArray(), one.ModelMetadata.CustomMetadataMap.ToArray());
    }

    [TestMethod]
    public void KeepOnly_OutputThatOthersDoNotNeed_LeavesTheirNodesOut()
    {
        byte[] model = TestGraphs.BrightestChannel();

        CollectionAssert.IsSubsetOf(new[] { "ArgMax", "Softmax" }, Operations(model));
        CollectionAssert.DoesNotContain(Operations(KeepOnly(model, "probabilities")), "ArgMax");
        CollectionAssert.Contains(Operations(KeepOnly(model, "probabilities")), "Softmax");
    }

    internal static byte[] KeepOnly(byte[] model, string output)
    {
        byte[] kept = [.. model];
        OnnxOutputs.KeepOnly(kept, output);
        return kept;
    }

    private static string[] Operations(byte[] model) =>
        [.. ModelProto.Parser.ParseFrom(model).Graph.Node.Select(node => node.OpType)];

    internal static byte[] Run(InferenceSession session, string output)
    {
        var random = new Random(1);
        float[] pixels = [.. Enumerable.Range(0, 3 * 6 * 5).Select(_ => random.Next(256))];
        using OrtValue image = OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, 6, 5]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["image"], [image], [output]);
        return output == "mask"
            ? results[0].GetTensorDataAsSpan<byte>().ToArray()
            : MemoryMarshal.AsBytes(results[0].GetTensorDataAsSpan<float>()).ToArray();
    }
}
