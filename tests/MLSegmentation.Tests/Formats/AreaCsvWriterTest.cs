namespace MLSegmentation.Tests;

[TestClass]
public sealed class AreaCsvWriterTest
{
    [TestMethod]
    public void Add_TwoImages_HaveARowForEachClass()
    {
        using var folder = new ImagesTestFolder();
        using var writer = new AreaCsvWriter(folder["areas.csv"], ["pit", "scratch, \"deep\""]);

        writer.Add("a.jpg", [2, 2, 2, 0], 2, 2);
        writer.Add("b,c.jpg", [1, 2, 1], 3, 1);
        writer.Complete();

        CollectionAssert.AreEqual(
            new[]
            {
                "image,class,pixels,fraction",
                "a.jpg,pit,0,0",
                "a.jpg,\"scratch, \"\"deep\"\"\",3,0.75",
                "\"b,c.jpg\",pit,2,0.6666667",
                "\"b,c.jpg\",\"scratch, \"\"deep\"\"\",1,0.3333333",
            },
            File.ReadAllLines(folder["areas.csv"]));
    }

    [TestMethod]
    public void Add_OnePixelOfManyMillions_HasAFractionAboveZeroWithoutAnExponent()
    {
        using var folder = new ImagesTestFolder();
        using var writer = new AreaCsvWriter(folder["areas.csv"], ["rare", "rest"]);
        uint[] mask = [.. Enumerable.Repeat(2u, 1 << 21)];
        mask[5] = 1;

        writer.Add("a.jpg", mask, 1 << 11, 1 << 10);
        writer.Complete();

        // 1 / 2,097,152 is 4.76837158E-07.
        Assert.AreEqual("a.jpg,rare,1,0.0000004768372", File.ReadLines(folder["areas.csv"]).ElementAt(1));
    }

    [TestMethod]
    [DataRow("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0")]
    [DataRow("+1", "'+1")]
    [DataRow("-1", "'-1")]
    [DataRow("@SUM(A1)", "'@SUM(A1)")]
    [DataRow("\t=1", "'\t=1")]
    [DataRow("\r=1", "\"'\r=1\"")]
    [DataRow("=1,2", "\"'=1,2\"")]
    [DataRow("a=b", "a=b")]
    [DataRow("", "")]
    public void Add_NameThatASpreadsheetTakesForAFormula_BecomesText(string name, string cell)
    {
        using var folder = new ImagesTestFolder();
        using var writer = new AreaCsvWriter(folder["areas.csv"], [name]);

        writer.Add(name, [1], 1, 1);
        writer.Complete();

        Assert.AreEqual($"image,class,pixels,fraction\r\n{cell},{cell},1,1\r\n", File.ReadAllText(folder["areas.csv"]));
    }
}
