using System.Text;

namespace MLSegmentation.Tests;

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
    [DataRow("\nname,split\na; b,train\n", "a; b=train")]
    [DataRow(" \r\n\r\nname\tsplit\r\na\ttrain\r\n", "a=train")]
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
    [DataRow("\n\nname,split\na,train\nb\n", "Line 5")]
    [DataRow("na\u001Bme,split\na,train\n", "na\\u001Bme, split")]
    public void Read_OtherContent_SaysWhatIsWrong(string content, string word)
    {
        File.WriteAllText(_file, content);
        string message = Assert.ThrowsExactly<InvalidDataException>(() => SplitFile.Read(_file)).Message;
        StringAssert.Contains(message, word);
        StringAssert.Contains(message, _file);
    }

    [TestMethod]
    public void Read_QuotationMarkThatIsNotClosedInALargeFile_SaysSo()
    {
        File.WriteAllText(_file, "name,split\n\"a,train\n" + new string('b', 17 << 20));

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => SplitFile.Read(_file)).Message, "quotation mark");
    }

    [TestMethod]
    public void NoImages_ManyParts_AreNamedInPart()
    {
        string message = SplitFile.NoImages(_file, "test", Enumerable.Range(0, 5000).Select(i => $"part {i}\u001B")).Message;

        Assert.IsLessThan(1000, message.Length);
        Assert.DoesNotContain('\u001B', message);
    }
}
