using System.Text;
using MLSegmentation.Catalog;

namespace MLSegmentation.Tests.Catalog;

[TestClass]
public sealed class SplitFileTest
{
    private readonly string _file = Path.GetTempFileName();

    [TestCleanup]
    public void Delete() => File.Delete(_file);

    [TestMethod]
    [DataRow("name,split\na,train\nb,test\n", "a=train|b=test")]
    [DataRow("name,split\r\na,train\r\n\r\nb,test", "a=train|b=test")]
    [DataRow("\uFEFFname,split\r\na,train\r\n", "a=train")]
    [DataRow("\uFEFF\"name\",\"split\"\r\n\"a, b.jpg\",\"train\"\r\n", "a, b.jpg=train")]
    [DataRow("name,split\n\"the \"\"old\"\" one\",train\n", "the \"old\" one=train")]
    [DataRow("name,split\n\"two\nlines\",train\nb,test\n", "two\nlines=train|b=test")]
    [DataRow("name,split\n\" space\",train\n b , test \n", " space=train|b=test")]
    [DataRow("name;split\r\n\"a; b\";train\r\nc, d;test\r\n", "a; b=train|c, d=test")]
    [DataRow("name\tsplit\na, b\ttrain\n", "a, b=train")]
    [DataRow("split,note,name\ntrain,\"x, y\",a\n", "a=train")]
    [DataRow("name,split\n\u00E9 \u56FE,train\n", "\u00E9 \u56FE=train")]
    [DataRow("name,split\n", "")]
    public void Read_EachWriting_GivesNamesAndParts(string content, string expected)
    {
        File.WriteAllText(_file, content, new UTF8Encoding(false));
        Assert.AreEqual(expected, string.Join('|', SplitFile.Read(_file).Select(line => $"{line.Image}={line.Part}")));
    }

    [TestMethod]
    [DataRow("", "no column 'name'")]
    [DataRow("\n\n", "no column 'name'")]
    [DataRow("name,part\na,train", "no column 'split'")]
    [DataRow("name,split\na,train\nb\n", "Line 3")]
    [DataRow("name,split\n\"a,train\nb,test\n", "Line 2")]
    public void Read_OtherContent_SaysWhatIsWrong(string content, string word)
    {
        File.WriteAllText(_file, content);
        string message = Assert.ThrowsExactly<InvalidDataException>(() => SplitFile.Read(_file)).Message;
        StringAssert.Contains(message, word);
        StringAssert.Contains(message, _file);
    }
}
