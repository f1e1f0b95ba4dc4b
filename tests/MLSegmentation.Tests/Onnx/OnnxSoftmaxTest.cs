using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class OnnxSoftmaxTest
{
    [TestMethod]
    public void TrySkip_ProbabilitiesAlone_GivesTheirLogits()
    {
        byte[] whole = TestGraphs.BrightestChannel(), model = OnnxOutputsTest.KeepOnly(whole, "probabilities");

        Assert.IsTrue(OnnxSoftmax.TrySkip(model, "probabilities"));

        Assert.IsNull(OnnxStructure.FindFault(model));
        using InferenceSession all = new(whole), one = new(model);
        float[] logits = Floats(OnnxOutputsTest.Run(one, "probabilities")), probabilities = new float[logits.Length];
        ScoreSoftmax.Apply(logits, 3, probabilities);
        Assert.IsGreaterThan(1, logits.Max());
        foreach (var (expected, actual) in Floats(OnnxOutputsTest.Run(all, "probabilities")).Zip(probabilities))
            Assert.AreEqual(expected, actual, 1e-6f);
    }

    [TestMethod]
    [DynamicData(nameof(OtherModels))]
    public void TrySkip_AnythingElse_LeavesTheModelAsItIs(string name, byte[] model, string output)
    {
        byte[] before = [.. model];

        Assert.IsFalse(OnnxSoftmax.TrySkip(model, output), name);

        CollectionAssert.AreEqual(before, model, name);
    }

    public static IEnumerable<object[]> OtherModels()
    {
        static void OnSoftmax(ModelProto model, Action<NodeProto> change) =>
            change(model.Graph.Node.Single(node => node.OpType == "Softmax"));
        byte[] Kept(Action<ModelProto> change) => OnnxOutputsTest.KeepOnly(EditedModel.With(change), "probabilities");
        yield return ["the mask", OnnxOutputsTest.KeepOnly(TestGraphs.BrightestChannel(), "mask"), "mask"];
        yield return ["probabilities that the mask needs too", TestGraphs.BrightestChannel(), "probabilities"];
        yield return ["softmax over a row", Kept(model => OnSoftmax(model, softmax => softmax.Attribute[0].I = 3)),
            "probabilities"];
        yield return ["softmax over the last axis, by default",
            Kept(model => OnSoftmax(model, softmax => softmax.Attribute.Clear())), "probabilities"];
        yield return ["another operator", Kept(model => OnSoftmax(model, softmax => softmax.OpType = "LogSoftmax")),
            "probabilities"];
        yield return ["somebody's own softmax", Kept(model => OnSoftmax(model, softmax => softmax.Domain = "my")),
            "probabilities"];
        yield return ["a softmax over all axes from the channels on", Kept(model => model.OpsetImport[0].Version = 12),
            "probabilities"];
        yield return ["no such output", OnnxOutputsTest.KeepOnly(TestGraphs.BrightestChannel(), "probabilities"), "other"];
    }

    private static float[] Floats(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();
}
