using MLSegmentation.Catalog;
using MLSegmentation.Metrics;
using MLSegmentation.Tests.Images;
using MLSegmentation.Tests.Metrics;

namespace MLSegmentation.Tests.Catalog;

[TestClass]
public sealed class ConfusionMatrixFileTest
{
    private readonly ImagesTestFolder _folder = new();

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void Read_OfWhatWasWritten_GivesTheSameCountsAndNames()
    {
        ConfusionMatrix matrix = WorkedExample.Count();
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
    [DataRow("""{"classes":["a"],"counts":[[1.5]],"unassigned":[0]}""", "no JSON")]
    [DataRow("""{"classes":["a","b"],"counts":[[1,2],[3]],"unassigned":[0,0]}""", "2 rows of 2")]
    [DataRow("""{"classes":["a"],"counts":[[-1]],"unassigned":[0]}""", "below 0")]
    public void Read_OfAnotherFile_SaysWhatIsWrong(string content, string word)
    {
        File.WriteAllText(_folder["m.json"], content);
        string message = Assert.ThrowsExactly<InvalidDataException>(() => ConfusionMatrixFile.Read(_folder["m.json"])).Message;
        StringAssert.Contains(message, word);
        StringAssert.Contains(message, "m.json");
    }

    [TestMethod]
    public void Read_WhereThereIsNoFile_NamesIt() =>
        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => ConfusionMatrixFile.Read(_folder["none.json"])).Message, "none.json");
}
