using System.Text;
using MLSegmentation.Tests;

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
        Assert.AreSequenceEqual(
            [default, new Rgb(255, 0, 0)], Read(null, "0 good #000000", "1 defect", "2 defect #FF0000").Colours!);

    [TestMethod]
    public void Read_IndicesWithGaps_AreClassesInTheirOrder()
    {
        ClassList classes = Read(null, "0 background", "2 edge", "5 object");

        Assert.AreSequenceEqual(["background", "edge", "object"], classes.Names);
        Assert.AreSequenceEqual([0, -1, 1, -1, -1, 2], classes.ClassOfLabel!);
        Assert.AreEqual(1, Read(null, "0 background", "255 object").ClassOfLabel![255]);
        Assert.AreSequenceEqual([-1, 0, 1], Read(null, "1 road", "2 car").ClassOfLabel!);
    }

    /// <summary>Only a colour behind a number leaves the number as the name.</summary>
    [TestMethod]
    public void Read_NamesLikeColours_AreNames()
    {
        Assert.AreSequenceEqual(
            ["background", "#1", "#FFFFFF", "pit #00FF00"],
            Read(null, "0 background #000000", "1 #1 #800000", "2 #FFFFFF #008000", "3 pit #00FF00 #808000").Names);
        Assert.AreSequenceEqual(["background", "#1"], Read(null, "0 background", "1 #1").Names);
        Assert.AreSequenceEqual(["0", "255"], Read(null, "0 #000000", "255 #FFFFFF").Names);
    }

    [TestMethod]
    public void Read_ColourForSomeClasses_GivesTheOthersFreeOnesOfPascalVoc()
    {
        Assert.AreSequenceEqual([default, new Rgb(255, 64, 64)], Read(null, "0 background", "1 scratch #FF4040").Colours!);

        // Black is taken, so that the background has the next colour of the map, and the class behind it the one after that.
        Assert.AreSequenceEqual(
            [new Rgb(128, 0, 0), default, new Rgb(0, 128, 0)], Read(null, "0 background", "1 hole #000000", "2 pit").Colours!);
    }

    [TestMethod]
    public void Read_ExampleOfDataReadme_IsAccepted()
    {
        string text = File.ReadAllText(Path.Combine(SharedData.Repository, "data", "README.md"));
        string[] example = [.. text[text.IndexOf("- **Classes**", StringComparison.Ordinal)..]
            .Split("```")[1].Split('\n').Skip(1).Select(line => line.Trim())];

        ClassList classes = Read(null, example);

        Assert.AreSequenceEqual(["background", "scratch"], classes.Names);
        Assert.AreEqual(new Rgb(255, 64, 64), classes.Colours![1]);
    }

    [TestMethod]
    public void Read_ByteOrderMark_IsNoPartOfTheName()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["classes.txt"], "0 road\r\n1 car\r\n", Encoding.UTF8);
        Assert.AreSequenceEqual(["road", "car"], ClassFile.Read(folder["classes.txt"], null).Names);
    }

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
    [DataRow("0 road|70000 car", "index 70000")]
    [DataRow("\u0660 road|\u0661 car", "digits 0 to 9")]
    [DataRow("0 road|0 car", "index 0 twice")]
    [DataRow("road", "at least 2")]
    [DataRow("road|road", "names 1 class,")]
    [DataRow("0 road #000000|1 car #FF0000|2 car #00FF00", "'car' two colours")]
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
