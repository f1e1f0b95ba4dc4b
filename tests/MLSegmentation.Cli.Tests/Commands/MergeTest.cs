using System.Text.Json;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class MergeTest
{
    private const string First = """{"classes":["road","car"],"counts":[[5,1],[2,3]],"unassigned":[0,0]}""";
    private const string Second = """{"classes":["road","car"],"counts":[[4000000000,0],[0,1]],"unassigned":[0,4]}""";

    [TestMethod]
    public void Merge_OfTwo_SumsAndMeasures()
    {
        using var folder = new TestFolder();
        string first = folder.Write("a.json", First), second = folder.Write("b.json", Second), all = folder["sums", "all.json"];

        JsonElement metrics = Mlseg.Run("merge", first, second, "--out", all, "--json").Json();

        // car: 4 right; 10 labelled, of them 4 as no class, and 5 predicted.
        Assert.AreEqual(4.0 / 11, metrics.GetProperty("perClass").GetProperty("car").GetProperty("iou").GetDouble(), 1e-12);
        Assert.AreEqual(0.8, metrics.GetProperty("perClass").GetProperty("car").GetProperty("precision").GetDouble(), 1e-12);
        Assert.AreEqual(0.4, metrics.GetProperty("perClass").GetProperty("car").GetProperty("recall").GetDouble(), 1e-12);
        Assert.AreEqual(JsonValueKind.Null, metrics.GetProperty("meanImageIoU").ValueKind);
        Assert.AreEqual(
            4_000_000_005, JsonDocument.Parse(File.ReadAllText(all)).RootElement.GetProperty("counts")[0][0].GetInt64());
        Assert.AreSequenceEqual([all], Directory.GetFiles(folder["sums"]));
        Assert.Contains("road", Mlseg.Run("merge", all).Output);
    }

    [TestMethod]
    public void Merge_OfOtherClasses_NamesBoth()
    {
        using var folder = new TestFolder();
        string first = folder.Write("a.json", First), second = folder.Write("b.json", First.Replace("car", "bus"));
        Mlseg.Run("merge", first, second, "--out", folder["all.json"]).RequireError(1, "b.json", "road, bus", "road, car");
        Assert.IsFalse(File.Exists(folder["all.json"]));
    }

    [TestMethod]
    public void Merge_OfMorePixelsThanCanBeSummed_NamesTheFile()
    {
        using var folder = new TestFolder();
        string first = folder.Write("a.json", First),
            large = folder.Write("b.json", Second.Replace("4000000000", "4611686018427387898"));
        Mlseg.Run("merge", large).RequireDone();
        Mlseg.Run("merge", first, large, "--out", folder["all.json"]).RequireError(1, "'", "b.json' cannot be added");
        Assert.IsFalse(File.Exists(folder["all.json"]));
    }

    [TestMethod]
    public void Merge_OfADamagedMatrix_SaysTheFieldInTheWordsOfTheTool()
    {
        using var folder = new TestFolder();
        MlsegResult result = Mlseg.Run("merge", folder.Write("a.json", First.Replace("5", "null")));
        result.RequireError(1, "a.json", "'counts[0][0]' is null", "'mlseg evaluate --matrix'");
        Assert.DoesNotContain("ConfusionMatrixFile", result.Error);
    }

    [TestMethod]
    public void Merge_OfNoMatrix_NamesIt()
    {
        using var folder = new TestFolder();
        Mlseg.Run("merge", folder.Write("a.json", "text")).RequireError(1, "a.json");
        Mlseg.Run("merge", "none.json").RequireError(1, "none.json");
        Mlseg.Run("merge").RequireError(2, "FILES");
    }
}
