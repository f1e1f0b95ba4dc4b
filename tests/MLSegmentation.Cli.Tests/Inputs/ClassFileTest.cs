using MLSegmentation.Cli.Inputs;
using MLSegmentation.Masks;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class ClassFileTest
{
    [TestMethod]
    public void Read_NamesAlone_AreNumberedByTheirLines()
    {
        ClassList classes = Read(null, "road", "", "parking lot", "car");
        Assert.AreSequenceEqual(["road", "parking lot", "car"], classes.Names);
        Assert.IsNull(classes.Colours);
    }

    [TestMethod]
    public void Read_IndicesAndColours_AreSortedByIndex()
    {
        ClassList classes = Read(null, "1 car #ff8000", "0 road #000000");
        Assert.AreSequenceEqual(["road", "car"], classes.Names);
        Assert.AreSequenceEqual([default, new Rgb(255, 128, 0)], classes.Colours!);
    }

    [TestMethod]
    public void Read_SeveralIndicesOfOneName_AreOneClass()
    {
        ClassList classes = Read(255, "0 good", "1 defect", "2 edge", "3 defect", "255 nothing");

        Assert.AreSequenceEqual(["good", "defect", "edge"], classes.Names);
        Assert.AreSequenceEqual([0, 1, 2, 1], classes.ClassOfLabel!);
        Assert.IsNull(Read(null, "0 good", "1 defect").ClassOfLabel);
    }

    [TestMethod]
    public void Read_ColourOnOneLineOfAClass_IsTheClassesColour() =>
        Assert.AreSequenceEqual([default, new Rgb(255, 0, 0)], Read(null, "0 good #000000", "1 defect", "2 defect #FF0000").Colours!);

    [TestMethod]
    public void Read_LastLineIsIgnored_LeavesItOutAndKeepsItsColour()
    {
        ClassList classes = Read(2, "0 road #000000", "1 car #FF0000", "2 nothing #FFFFFF");
        Assert.AreSequenceEqual(["road", "car"], classes.Names);
        Assert.AreEqual(new Rgb(255, 255, 255), classes.IgnoreColour);
    }

    [TestMethod]
    public void Read_NumberedLineAfterAGapIsIgnored_LeavesItOut() =>
        Assert.AreSequenceEqual(["road", "car"], Read(255, "0 road", "1 car", "255 void").Names);

    [TestMethod]
    public void Read_FirstLineIsIgnored_KeepsTheOthersNumbers() =>
        Assert.AreSequenceEqual(["nothing", "road", "car"], Read(0, "0 nothing", "1 road", "2 car").Names);

    [TestMethod]
    [DataRow("0 road|2 car", "index 1")]
    [DataRow("0 road|0 car", "index 0 twice")]
    [DataRow("road", "at least 2")]
    [DataRow("road|road", "names 1 classes")]
    [DataRow("0 road #000000|1 car #FF0000|2 car #00FF00", "'car' two colours")]
    [DataRow("road #000000|car", "1 of 2")]
    public void Read_WrongLines_SaysWhatIsWrong(string lines, string word)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Read(null, lines.Split('|')));
        Assert.Contains(word, error.Message);
        Assert.Contains("classes.txt", error.Message);
    }

    private static ClassList Read(int? ignore, params string[] lines)
    {
        using var folder = new TestFolder();
        return ClassFile.Read(folder.Write("classes.txt", lines), ignore);
    }
}
