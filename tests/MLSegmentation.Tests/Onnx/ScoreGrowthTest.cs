using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>Scores that declare no size are known to be too large before the image is scored, and no others are.</summary>
[TestClass]
public sealed class ScoreGrowthTest
{
    [TestMethod]
    [DataRow(500f, 500f)]
    [DataRow(1f, 100_000f)]
    public void Run_UndeclaredScoresOfHundredsOfTheImage_AreRefusedBeforeItRuns(float down, float across)
    {
        using OnnxSession session = Enlarging(down, across);

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => Run(session, 32, 64)).Message;

        Assert.AreEqual(0, session.Runs);
        foreach (string word in (string[])["'y'", "64×32 pixels", "at most 16 for each of its pixels"])
            StringAssert.Contains(message, word);
    }

    [TestMethod]
    [DataRow(1f)]
    [DataRow(0.25f)]
    [DataRow(4f)]
    [DataRow(16f, DisplayName = "more than in proportion, but few")]
    public void Run_UndeclaredScoresThatAreFew_AreGiven(float scale)
    {
        using OnnxSession session = Enlarging(scale, scale);

        CollectionAssert.AreEqual(new long[] { 1, 3, (long)(32 * scale), (long)(64 * scale) }, Run(session, 32, 64));

        Assert.AreEqual(1, session.Runs);
    }

    [TestMethod]
    public void Run_UndeclaredScoresOfOneSize_AreGivenForAnyImage()
    {
        using OnnxSession session = Resizing(
            (graph, image) => graph.Node("Resize", [image, "", "", graph.Initializer("sizes", [4], [1L, 3, 1200, 1200])]));

        CollectionAssert.AreEqual(new long[] { 1, 3, 1200, 1200 }, Run(session, 2, 2));
        CollectionAssert.AreEqual(new long[] { 1, 3, 1200, 1200 }, Run(session, 700, 900));
    }

    [TestMethod]
    [DataRow(32, 1, DisplayName = "rounded up")]
    [DataRow(64, 33, DisplayName = "rounded up beyond an offset")]
    public void Measure_ScoresThatAreRounded_AreAboutTheImage(int step, int offset)
    {
        long Side(int side) => (side + offset + step - 2) / step * step;

        var growth = ScoreGrowth.Measure(null, null, (height, width) => Side(height) * Side(width));

        Assert.IsLessThan(64.0 * 4000 * 3000, growth.For(4000, 3000));
    }

    [TestMethod]
    public void Measure_SizesThatTheGraphCannotTake_ArePassedOver()
    {
        var tried = new List<int>();

        var growth = ScoreGrowth.Measure(null, null, (height, width) =>
        {
            tried.Add(height);
            return height < 16 ? null : 100L * height * width;
        });

        CollectionAssert.AreEqual(new[] { 1, 2, 4, 8, 16, 32, 64 }, tried);
        Assert.AreEqual(100.0 * 4000 * 3000, growth.For(4000, 3000), 1);
    }

    private static long[] Run(OnnxSession session, int height, int width)
    {
        using OnnxResults results = session.Run(new float[3 * height * width], 1, height, width, ["y"]);
        return results[0].GetTensorTypeAndShape().Shape;
    }

    private static OnnxSession Enlarging(float down, float across) =>
        Resizing((graph, image) => graph.Node("Resize", [image, "", graph.Initializer("scales", [4], [1f, 1f, down, across])]));

    private static OnnxSession Resizing(Func<OnnxGraphBuilder, string, string> resize)
    {
        var graph = new OnnxGraphBuilder("resizing");
        string image = graph.Input("image", OnnxElementType.Float, 1, 3, "H", "W");
        graph.Output("y", resize(graph, image), OnnxElementType.Float, 1, 3, "H", "W");
        byte[] model = graph.ToModel(new Dictionary<string, string>());
        var info = OnnxModelInfo.FromBytes(model);
        return OnnxSession.Open(
            OnnxModelSource.Of(model), info, "y", info.Scores, TestGraphs.OneThread, ExecutionDevice.Cpu, "owner");
    }
}
