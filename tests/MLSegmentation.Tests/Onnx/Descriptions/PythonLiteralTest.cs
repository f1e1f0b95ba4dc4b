namespace MLSegmentation.Tests;

[TestClass]
public sealed class PythonLiteralTest
{
    [TestMethod]
    [DataRow("{0: 'person', 1: 'bicycle'}", "0=person|1=bicycle")]
    [DataRow("{1: \"it's\", 0: 'a \"b\"'}", "0=a \"b\"|1=it's")]
    [DataRow("{0: 'it\\'s', 1: 'back\\\\slash', }", "0=it's|1=back\\slash")]
    [DataRow("{0: '\\x41\\u00e9\\U0001F600\\n'}", "0=A\u00e9\U0001F600\n")]
    [DataRow("['person', 'bicycle']", "0=person|1=bicycle")]
    [DataRow("  { 0 :'a' }  ", "0=a")]
    [DataRow("{}", "")]
    [DataRow("{0: 'a}, 1: b'}", "0=a}, 1: b")]
    public void ReadTexts_AsReprWrites_GivesThem(string text, string expected) => Assert.AreEqual(
        expected, string.Join('|', PythonLiteral.ReadTexts(text).Select(entry => $"{entry.Key}={entry.Value}")));

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("{0")]
    [DataRow("{0:")]
    [DataRow("{0: '")]
    [DataRow("{0: 'a")]
    [DataRow("{0: 'a'")]
    [DataRow("{0: 'a' 1: 'b'}")]
    [DataRow("{0: 'a'} x")]
    [DataRow("{'0': 'a'}")]
    [DataRow("{-1: 'a'}")]
    [DataRow("{99999999999: 'a'}")]
    [DataRow("{0: a}")]
    [DataRow("{0: 'a\\")]
    [DataRow("{0: '\\q'}")]
    [DataRow("{0: '\\x4'}")]
    [DataRow("{0: '\\ud800'}")]
    [DataRow("{0: '\\UFFFFFFFF'}")]
    [DataRow("__import__('os').system('ls')")]
    [DataRow("{0: ['a']}")]
    public void ReadTexts_Anything_IsAFormatException(string text) =>
        Assert.ThrowsExactly<FormatException>(() => PythonLiteral.ReadTexts(text));

    [TestMethod]
    [DataRow("[640, 480]", "640 480")]
    [DataRow("(640, 480)", "640 480")]
    [DataRow("32", "32")]
    [DataRow("[]", "")]
    public void ReadIntegers_AsReprWrites_GivesThem(string text, string expected) =>
        Assert.AreEqual(expected, string.Join(' ', PythonLiteral.ReadIntegers(text)));

    [TestMethod]
    [DataRow("[640")]
    [DataRow("[640.5]")]
    [DataRow("x")]
    [DataRow("")]
    [DataRow("1 2")]
    [DataRow("[[1]]")]
    public void ReadIntegers_Anything_IsAFormatException(string text) =>
        Assert.ThrowsExactly<FormatException>(() => PythonLiteral.ReadIntegers(text));

    [TestMethod]
    public void ReadTexts_VeryMany_IsAFormatException() => Assert.ThrowsExactly<FormatException>(
        () => PythonLiteral.ReadTexts($"[{string.Concat(Enumerable.Repeat("'',", OnnxModelInfo.MostClasses + 1))}]"));
}
