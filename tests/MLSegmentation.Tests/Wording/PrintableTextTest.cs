namespace MLSegmentation.Tests;

[TestClass]
public sealed class PrintableTextTest
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow("plain äöü 字", "plain äöü 字")]
    [DataRow("\u001b[31mred", "\\u001B[31mred")]
    [DataRow("a\0b\r\n", "a\\u0000b\\u000D\\u000A")]
    [DataRow("\u009b2J", "\\u009B2J")]
    [DataRow("x\u202egnp", "x\\u202Egnp")]
    public void Of_Text_ShowsWhatWouldMoveTheCursor(string text, string expected) =>
        Assert.AreEqual(expected, PrintableText.Of(text));

    [TestMethod]
    public void Of_LongText_SaysHowMuchIsLeftOut() =>
        Assert.AreEqual("abc… (7 more characters)", PrintableText.Of("abcdefghij", 3));

    [TestMethod]
    public void Join_ManyNames_ShowsTheFirst()
    {
        string[] names = [.. Enumerable.Range(0, 1_000_000).Select(index => $"{index}")];

        string text = PrintableText.Join(names);

        StringAssert.StartsWith(text, "0, 1, 2,");
        StringAssert.EndsWith(text, "(999980 more)");
        Assert.IsLessThan(200, text.Length);
    }
}
