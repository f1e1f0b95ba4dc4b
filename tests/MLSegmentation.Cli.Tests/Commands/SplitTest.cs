using System.Text.Json;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class SplitTest
{
    [TestMethod]
    public void Split_SampleSet_IsWhatTrainAndCheckTake()
    {
        using TestFolder folder = new TestFolder().WithSamples(20);
        string[] data = ["--images", folder.Images, "--masks", folder.Masks];

        JsonElement parts = Mlseg.Run(["split", .. data, "--out", folder["split.csv"], "--json"]).Json().GetProperty("parts");

        Assert.AreSequenceEqual(
            [("train", 16), ("validation", 2), ("test", 2)],
            parts.EnumerateObject().Select(part => (part.Name, part.Value.GetProperty("images").GetInt32())));
        string[] lines = File.ReadAllLines(folder["split.csv"]);
        Assert.AreEqual("name,split", lines[0]);
        Assert.HasCount(21, lines);
        Mlseg.Run(["check", .. data, "--split", folder["split.csv"], "--json"]).RequireDone();
    }

    [TestMethod]
    public void Split_CopyUnderAnotherName_StaysWithItsImage()
    {
        using TestFolder folder = new TestFolder().WithSamples(6);
        for (int i = 0; i < 6; i++)
        {
            File.Copy(folder["images", $"surface_{i:000}.jpg"], folder["images", $"copy_{i}.jpg"]);
            File.Copy(folder["masks", $"surface_{i:000}.png"], folder["masks", $"copy_{i}.png"]);
        }
        Mlseg.Run(
            "split", "--images", folder.Images, "--masks", folder.Masks, "--split-fraction", "0.5/0.5", "--out",
            folder["split.csv"]).RequireDone();

        var parts = SplitFile.Read(folder["split.csv"]).ToDictionary(line => line.Image, line => line.Part);
        for (int i = 0; i < 6; i++) Assert.AreEqual(parts[$"surface_{i:000}"], parts[$"copy_{i}"]);
    }

    [TestMethod]
    public void Split_GroupBy_KeepsImagesOfOneGroupTogether()
    {
        using TestFolder folder = new TestFolder().WithSamples(20);
        Mlseg.Run(
            "split", "--images", folder.Images, "--masks", folder.Masks, "--group-by", "_0([01])", "--split-fraction", "0.5/0.5",
            "--out", folder["split.csv"]).RequireDone();

        Assert.IsTrue(SplitFile.Read(folder["split.csv"]).GroupBy(line => line.Image[^2])
            .All(group => group.Select(line => line.Part).Distinct().Count() == 1));
    }

    [TestMethod]
    [DataRow("--split-fraction", "0.5/0.6")]
    [DataRow("--split-fraction", "1")]
    [DataRow("--group-by", "(")]
    public void Split_BadOption_IsWrongUsage(string option, string value)
    {
        using TestFolder folder = new TestFolder().WithSamples(4);
        Mlseg.Run("split", "--images", folder.Images, "--masks", folder.Masks, "--out", folder["split.csv"], option, value)
            .RequireError(2, option);
        Assert.IsFalse(File.Exists(folder["split.csv"]));
    }

    [TestMethod]
    public void Split_FileThatIsThere_StaysUnlessOverwritten()
    {
        using TestFolder folder = new TestFolder().WithSamples(4);
        string file = folder.Write("split.csv", "mine");
        string[] line = ["split", "--images", folder.Images, "--masks", folder.Masks, "--out", file];

        Mlseg.Run(line).RequireError(1, "--overwrite");
        Assert.AreEqual("mine", File.ReadAllText(file).Trim());
        Mlseg.Run([.. line, "--overwrite"]).RequireDone();
    }
}
