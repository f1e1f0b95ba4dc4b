using System.Text.Json;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class CheckTest
{
    [TestMethod]
    public void Check_CleanSet_EndsWithZero()
    {
        using TestFolder folder = new TestFolder().WithSamples(4);
        MlsegResult result = Mlseg.Run("check", "--images", folder.Images, "--masks", folder.Masks);
        result.RequireDone();
        Assert.AreEqual("0 errors and 0 warnings in 4 images.", result.Output.Trim());
    }

    [TestMethod]
    public void Check_Errors_AreListedByKindWithTheirFixAndEndWithOne()
    {
        using TestFolder folder = new TestFolder().WithSamples(4);
        File.Delete(folder["masks", "surface_001.png"]);
        File.Delete(folder["masks", "surface_002.png"]);
        PngWriter.WriteIndexed(folder["masks", "surface_003.png"], new byte[12], 4, 3, Palette.Voc(4));

        MlsegResult result = Mlseg.Run("check", "--images", folder.Images, "--masks", folder.Masks);

        Assert.AreEqual(1, result.ExitCode);
        string[] lines = [.. result.Output.TrimEnd().Split('\n').Select(line => line.TrimEnd())];
        Assert.AreEqual("error image-without-mask: 2", lines[0]);
        Assert.AreEqual($"  '{folder["images", "surface_001.jpg"]}' has no mask", lines[1]);
        Assert.StartsWith("  -> Add a mask", lines[3]);
        Assert.AreEqual("error size-differs: 1", lines[4]);
        Assert.Contains("is 4x3", lines[5]);
        Assert.AreEqual("3 errors and 0 warnings in 4 images.", lines[^1]);
        Assert.AreEqual("mlseg: The data has 3 errors and 0 warnings in 4 images.", result.Error.Trim());
    }

    [TestMethod]
    public void Check_Json_HasEveryFindingAndIsAllOfTheOutput()
    {
        using TestFolder folder = new TestFolder().WithSamples(3);
        string split = folder.Write("split.csv", "name,split", "surface_000,train", "surface_001,train", "surface_002,test");
        string classes = folder.Write("classes.txt", "background", "scratch", "pit", "stain", "hole");
        File.Copy(folder["images", "surface_001.jpg"], folder["images", "surface_002.jpg"], overwrite: true);
        File.Copy(folder["masks", "surface_001.png"], folder["masks", "surface_002.png"], overwrite: true);
        File.Copy(folder["masks", "surface_001.png"], folder["masks", "alone.png"]);

        JsonElement report = Mlseg.Run(
            "check", "--images", folder.Images, "--masks", folder.Masks, "--split", split, "--classes", classes, "--json").Json();

        Assert.AreEqual((3, 0), (report.GetProperty("images").GetInt32(), report.GetProperty("errors").GetInt32()));
        JsonElement[] findings = [.. report.GetProperty("findings").EnumerateArray()];
        Assert.HasCount(report.GetProperty("warnings").GetInt32(), findings);
        Assert.AreEqual(5, report.GetProperty("classes").GetArrayLength());
        JsonElement duplicate = findings.Single(one => one.GetProperty("check").GetString() == "duplicate");
        Assert.AreEqual(folder["images", "surface_002.jpg"], duplicate.GetProperty("file").GetString());
        Assert.AreEqual("test", duplicate.GetProperty("part").GetString());
        Assert.Contains("surface_001.jpg", duplicate.GetProperty("found").GetString()!);
        foreach (string check in new[] { "absent-class", "mask-without-image" })
        {
            JsonElement finding = findings.First(one => one.GetProperty("check").GetString() == check);
            Assert.AreEqual("warning", finding.GetProperty("severity").GetString());
            Assert.IsGreaterThan(0, finding.GetProperty("fix").GetString()!.Length);
        }
    }

    [TestMethod]
    public void Check_MissingFolder_EndsWithOneAndNamesIt() =>
        Mlseg.Run("check", "--images", "none", "--masks", "none").RequireError(1, "'none'");

    [TestMethod]
    public void Check_WithoutMasks_IsWrongUsage() => Mlseg.Run("check", "--images", "i").RequireError(2, "--masks");
}
