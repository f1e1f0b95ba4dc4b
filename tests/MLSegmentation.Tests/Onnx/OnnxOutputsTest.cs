using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Onnx;
using MLSegmentation.Scoring;
using MLSegmentation.Tests.Transforms;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests.Onnx;

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
        CollectionAssert.AreEquivalent(all.ModelMetadata.CustomMetadataMap.ToArray(), one.ModelMetadata.CustomMetadataMap.ToArray());
    }

    [TestMethod]
    public void KeepOnly_OutputThatOthersDoNotNeed_LeavesTheirNodesOut()
    {
        byte[] model = TestGraphs.BrightestChannel();

        CollectionAssert.IsSubsetOf(new[] { "ArgMax", "Softmax" }, Operations(model));
        CollectionAssert.DoesNotContain(Operations(KeepOnly(model, "probabilities")), "ArgMax");
        CollectionAssert.Contains(Operations(KeepOnly(model, "probabilities")), "Softmax");
    }

    [TestMethod]
    public void TrySkipSoftmax_ProbabilitiesAlone_GivesTheirLogits()
    {
        byte[] whole = TestGraphs.BrightestChannel(), model = KeepOnly(whole, "probabilities");

        Assert.IsTrue(OnnxOutputs.TrySkipSoftmax(model, "probabilities"));

        Assert.IsNull(OnnxStructure.FindFault(model));
        using InferenceSession all = new(whole), one = new(model);
        float[] logits = Floats(Run(one, "probabilities")), probabilities = new float[logits.Length];
        ScoreReader.Softmax(logits, 3, probabilities);
        Assert.IsGreaterThan(1, logits.Max());
        foreach (var (expected, actual) in Floats(Run(all, "probabilities")).Zip(probabilities)) Assert.AreEqual(expected, actual, 1e-6f);
    }

    [TestMethod]
    [DynamicData(nameof(OtherModels))]
    public void TrySkipSoftmax_AnythingElse_LeavesTheModelAsItIs(string name, byte[] model, string output)
    {
        byte[] before = [.. model];

        Assert.IsFalse(OnnxOutputs.TrySkipSoftmax(model, output), name);

        CollectionAssert.AreEqual(before, model, name);
    }

    public static IEnumerable<object[]> OtherModels()
    {
        static void OnSoftmax(ModelProto model, Action<NodeProto> change) => change(model.Graph.Node.Single(node => node.OpType == "Softmax"));
        byte[] Kept(Action<ModelProto> change) => KeepOnly(EditedModel.With(change), "probabilities");
        yield return ["the mask", KeepOnly(TestGraphs.BrightestChannel(), "mask"), "mask"];
        yield return ["probabilities that the mask needs too", TestGraphs.BrightestChannel(), "probabilities"];
        yield return ["softmax over a row", Kept(model => OnSoftmax(model, softmax => softmax.Attribute[0].I = 3)), "probabilities"];
        yield return ["softmax over the last axis, by default", Kept(model => OnSoftmax(model, softmax => softmax.Attribute.Clear())), "probabilities"];
        yield return ["another operator", Kept(model => OnSoftmax(model, softmax => softmax.OpType = "LogSoftmax")), "probabilities"];
        yield return ["a softmax over all axes from the channels on", Kept(model => model.OpsetImport[0].Version = 12), "probabilities"];
        yield return ["no such output", KeepOnly(TestGraphs.BrightestChannel(), "probabilities"), "other"];
    }

    private static float[] Floats(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    private static byte[] KeepOnly(byte[] model, string output)
    {
        byte[] kept = [.. model];
        OnnxOutputs.KeepOnly(kept, output);
        return kept;
    }

    private static string[] Operations(byte[] model) => [.. ModelProto.Parser.ParseFrom(model).Graph.Node.Select(node => node.OpType)];

    private static byte[] Run(InferenceSession session, string output)
    {
        var random = new Random(1);
        float[] pixels = [.. Enumerable.Range(0, 3 * 6 * 5).Select(_ => random.Next(256))];
        using OrtValue image = OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, 6, 5]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["image"], [image], [output]);
        return output == "mask" ? results[0].GetTensorDataAsSpan<byte>().ToArray() : MemoryMarshal.AsBytes(results[0].GetTensorDataAsSpan<float>()).ToArray();
    }
}
