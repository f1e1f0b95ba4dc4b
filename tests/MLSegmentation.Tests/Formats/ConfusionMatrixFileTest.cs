namespace MLSegmentation.Tests;

[TestClass]
public sealed class ConfusionMatrixFileTest
{
    private readonly ImagesTestFolder _folder = new();

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void Read_OfWhatWasWritten_GivesTheSameCountsAndNames()
    {
        PixelConfusionMatrix matrix = WorkedExample.Count();
        // More than 32 and more than 53 bits hold.
        for (int doubling = 0; doubling < 55; doubling++) matrix.Merge(matrix);
        ConfusionMatrixFile.Write(_folder["m.json"], matrix, ["a", "ß", "\"c\""]);

        var (read, names) = ConfusionMatrixFile.Read(_folder["m.json"]);

        Assert.AreEqual(matrix.ToString(), read.ToString());
        CollectionAssert.AreEqual(new[] { "a", "ß", "\"c\"" }, names.ToArray());
        Assert.HasCount(1, _folder.FileNames);
    }

    [TestMethod]
    [DataRow("{", "no JSON")]
    [DataRow("{}", "lacks")]
    [DataRow("""{"classes":["a"],"counts":[[1.5]],"unassigned":[0]}""", "'counts[0][0]' is 1.5")]
    [DataRow("""{"classes":["a","b"],"counts":[[1,2],[3]],"unassigned":[0,0]}""", "2 rows of 2")]
    [DataRow("""{"classes":["a"],"counts":[[-1]],"unassigned":[0]}""", "below 0")]
    [DataRow("""{"classes":["a"],"counts":[[1e3]],"unassigned":[0]}""", "'counts[0][0]' is 1e3")]
    [DataRow(
        """{"classes":["a"],"counts":[[99999999999999999999]],"unassigned":[0]}""", "'counts[0][0]' is 99999999999999999999")]
    [DataRow("""{"classes":["a"],"counts":[[4611686018427387904]],"unassigned":[0]}""", "more than 4611686018427387903")]
    [DataRow("""{"classes":["a"],"counts":[[4611686018427387903]],"unassigned":[1]}""", "up to 'counts[0][0]'")]
    [DataRow("""{"classes":["a"],"counts":[[1]],"unassigned":["0"]}""", "'unassigned[0]' is \"0\"")]
    [DataRow("""{"classes":["a"],"counts":[[1]],"unassigned":[0,0]}""", "'unassigned' has the length 2")]
    [DataRow("""{"classes":["a"],"counts":[null],"unassigned":[0]}""", "'counts[0]' is null")]
    [DataRow("""{"classes":[null],"counts":[[1]],"unassigned":[0]}""", "'classes[0]' is null")]
    [DataRow("""{"classes":["a","a"],"counts":[[1,0],[0,1]],"unassigned":[0,0]}""", "'classes[1]' is \"a\", as is 'classes[0]'")]
    [DataRow("""{"classes":["a"],"classes":["b"],"counts":[[1]],"unassigned":[0]}""", "classes")]
    [DataRow("""{"classes":[],"counts":[],"unassigned":[]}""", "0 names")]
    [DataRow("""{"classes":["\ud800"],"counts":[[1]],"unassigned":[0]}""", "half a character")]
    [DataRow("""{"classes":["a"],"counts":[[1]],"unassigned":[""", "cut off")]
    [DataRow("[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", "depth")]
    [DataRow("[1]", "an array")]
    [DataRow("", "no JSON")]
    public void Read_OfAnotherFile_SaysWhatIsWrong(string content, string word)
    {
        File.WriteAllText(_folder["m.json"], content);
        string message = Assert.ThrowsExactly<InvalidDataException>(() => ConfusionMatrixFile.Read(_folder["m.json"])).Message;
        StringAssert.Contains(message, word);
        StringAssert.Contains(message, "m.json");
    }

    [TestMethod]
    public void Read_WithAByteOrderMark_IsAsWithout()
    {
        File.WriteAllText(_folder["m.json"], """{"classes":["a"],"counts":[[3]],"unassigned":[2]}""",
            new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.AreEqual(5, ConfusionMatrixFile.Read(_folder["m.json"]).Matrix.LabeledPixels);
    }

    [TestMethod]
    public void Write_EqualNames_WritesNothing()
    {
        Assert.ThrowsExactly<ArgumentException>(
            () => ConfusionMatrixFile.Write(_folder["m.json"], new PixelConfusionMatrix(2), ["a", "a"]));
        Assert.IsEmpty(_folder.FileNames);
    }

    [TestMethod]
    public void Read_WhereThereIsNoFile_NamesIt() =>
        StringAssert.Contains(
            Assert.ThrowsExactly<FileNotFoundException>(() => ConfusionMatrixFile.Read(_folder["none.json"])).Message,
            "none.json");
}
