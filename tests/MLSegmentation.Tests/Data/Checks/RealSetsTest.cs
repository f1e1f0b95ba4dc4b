namespace MLSegmentation.Tests;

/// <summary>Sets that are in order have no error, and different pictures are not taken for copies.</summary>
[TestClass]
public sealed class RealSetsTest
{
    [TestMethod]
    public void Run_SampleSet_FindsNothing()
    {
        string set = Path.Combine(SharedData.Repository, "data", "surfaces");
        IReadOnlyList<DataSample> samples = SegmentationDataCheck.Find(
            Path.Combine(set, "images"), Path.Combine(set, "masks"), Path.Combine(set, "split.csv"));
        DataReport report = SegmentationDataCheck.Run(samples, ["background", "scratch", "pit", "stain"]);
        Assert.IsEmpty(report.Findings, string.Join(Environment.NewLine, report.Findings));
        Assert.AreEqual(80, report.Images);
    }

    [TestMethod]
    public void Run_CamVid_TakesNoStreetForAnother()
    {
        DataSample[] samples = [.. new[] { "train", "val", "test" }.SelectMany(part =>
            SegmentationDataCheck.Find(
                SharedData.Require("data", "camvid", part), SharedData.Require("data", "camvid", part + "annot"))
                .Select(sample => sample with { Part = part }))];
        DataReport report = SegmentationDataCheck.Run(samples, masks: new ReadMasksOptions { IgnoreLabel = 11 });
        Assert.IsEmpty(report.Findings, string.Join(Environment.NewLine, report.Findings));
        Assert.AreEqual(701, report.Images);
    }

    [TestMethod]
    public void Run_MagneticTiles_FindsTheOneTileThatIsInAllParts()
    {
        string images = SharedData.Require("data", "magnetic_tile", "images"),
            masks = SharedData.Require("data", "magnetic_tile", "masks");
        DataReport report = SegmentationDataCheck.Run(
            SegmentationDataCheck.Find(images, masks, SharedData.Require("data", "magnetic_tile", "split.csv")));
        Assert.AreEqual(0, report.Errors);
        // Three capture groups are of one cracked tile, two of one flawless tile; nothing else looks alike.
        Assert.HasCount(12, report.Findings);
        Assert.IsTrue(report.Findings.All(one => one.Check == "near-duplicate"));
        string[] series = ["Crack_exp1", "Crack_exp2", "Crack_exp3", "Crack_exp4", "Crack_exp5", "Crack_exp6", "Free_exp4"];
        CollectionAssert.IsSubsetOf(
            report.Findings.Select(one => Path.GetFileName(one.File!)[..10].TrimEnd('_')).Distinct().ToArray(), series);
    }
}
