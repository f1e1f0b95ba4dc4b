using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class OnnxOutputSizeTest
{
    private static readonly OnnxModelInfo _model = OnnxModelInfo.FromBytes(TestGraphs.BrightestChannel());
    private readonly OnnxOutputSize _size = new(_model, _model.Scores);

    [TestMethod]
    [DataRow(3, 4096, 4096, DisplayName = "16 million scores of a small image")]
    [DataRow(500, 8, 8, DisplayName = "many classes")]
    public void Check_ScoresWithinTheLimits_AreTaken(int classes, int height, int width) =>
        _size.Check("probabilities", [1, classes, height, width], 8, 8);

    [TestMethod]
    public void Check_ScoresOfALargeImageAtFourTimesItsSides_AreTaken() =>
        _size.Check("probabilities", [1, 3, 8000, 8000], 2000, 2000);

    [TestMethod]
    [DataRow("probabilities", new long[] { 1, 3, 4097, 4096 }, "[1,3,4097,4096]", "16 for each of its pixels")]
    [DataRow("mask", new long[] { 1, 50_000, 50_000 }, "[1,50000,50000]", "2147483647 values")]
    [DataRow("probabilities", new long[] { 1, 1_000_000, 64, 64 }, "[1,1000000,64,64]", "2147483647 values")]
    [DataRow("mask", new long[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue }, "2147483647,2147483647", "values")]
    public void Check_OutputBeyondThem_NamesOutputShapeAndLimit(string output, long[] shape, params string[] words)
    {
        string message = Assert.ThrowsExactly<InvalidOperationException>(() => _size.Check(output, shape, 8, 6)).Message;

        foreach (string word in (string[])[$"'{output}'", "6×8 pixels", .. words]) StringAssert.Contains(message, word);
    }

    [TestMethod]
    public void Run_DeclaredOutputBeyondThem_IsRefusedBeforeItIsComputed()
    {
        var graph = new OnnxGraphBuilder("huge");
        string image = graph.Input("image", OnnxElementType.Float, 1, 3, 8, 8);
        string repeats = graph.Initializer("repeats", [4], [1L, 1, 5000, 5000]);
        graph.Output("y", graph.Node("Tile", [image, repeats]), OnnxElementType.Float, 1, 3, 40_000, 40_000);
        byte[] model = graph.ToModel(new Dictionary<string, string>());
        var info = OnnxModelInfo.FromBytes(model);
        using var session = OnnxSession.Open(
            OnnxModelSource.Of(model), info, "y", info.Scores, TestGraphs.OneThread, ExecutionDevice.Cpu, "owner");

        Assert.ThrowsExactly<InvalidOperationException>(() => session.Run(new float[192], 1, 8, 8, ["y"]));

        Assert.AreEqual(0, session.Runs);
    }
}
