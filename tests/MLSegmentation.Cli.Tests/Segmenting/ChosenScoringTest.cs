using System.Text.Json.Nodes;
using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary>A model whose training chose the smallest region: larger here than any region of the images.</summary>
[TestClass]
public sealed class ChosenScoringTest
{
    [TestMethod]
    public void Segment_SmallestRegionOfTheModel_IsTakenUnlessAnotherIsGiven()
    {
        using SegmentFolder folder = new SegmentFolder().WithImages(2);
        folder.Segment("plain").RequireDone();
        Choose(folder);

        folder.Segment("chosen").RequireDone();
        folder.Segment("none", "--min-region", "0").RequireDone();
        folder.Segment("tiled", "--sizing", "tiled", "--size", "8x8").RequireDone();

        byte[] plain = File.ReadAllBytes(folder["plain", "image0.png"]),
            chosen = File.ReadAllBytes(folder["chosen", "image0.png"]);
        CollectionAssert.AreEqual(plain, File.ReadAllBytes(folder["none", "image0.png"]));
        CollectionAssert.AreNotEqual(plain, chosen);
        CollectionAssert.AreEqual(chosen, File.ReadAllBytes(folder["tiled", "image0.png"]));
        folder.Segment("chosen", "--min-region", "0").RequireError(1, "made in another way", "--min-region");
    }

    [TestMethod]
    public void Evaluate_SmallestRegionOfTheModel_IsTakenUnlessAnotherIsGiven()
    {
        using SegmentFolder folder = new SegmentFolder().WithImages(2);
        folder.Segment("masks").RequireDone();
        Choose(folder);
        string[] arguments =
            ["evaluate", "--model", folder["model.onnx"], "--images", folder["images"], "--masks", folder["masks"]];

        double MeanIoU(params string[] more)
        {
            MlsegResult result = Mlseg.Run([.. arguments, .. more, "--json"]);
            result.RequireDone();
            return (double)JsonNode.Parse(result.Output)!["meanIoU"]!;
        }

        Assert.AreEqual(1, MeanIoU("--min-region", "0"), "The masks are the model's own.");
        Assert.IsLessThan(0.5, MeanIoU());
    }

    [TestMethod]
    public void Info_SmallestRegion_IsShown()
    {
        using var folder = new SegmentFolder();
        Choose(folder);

        StringAssert.Contains(Mlseg.Run("info", folder["model.onnx"]).Output, "5000 pixels at the network's size");
        StringAssert.Contains(Mlseg.Run("info", folder["model.onnx"], "--json").Output, "\"minRegionPixels\": 5000");
    }

    private static void Choose(SegmentFolder folder) => File.WriteAllBytes(
        folder["model.onnx"],
        TestGraphs.BrightestChannel(metadata: TestGraphs.Described() with { MinRegionPixels = 5000 }));
}
