namespace MLSegmentation.Tests;

[TestClass]
public sealed class ZippedOptionsTest
{
    [TestMethod]
    [DataRow("0.3.0", "0.2.0", true)]
    [DataRow("0.3.0-preview.1", "0.2.0", true)]
    [DataRow("0.10.0", "0.9.0", true)]
    [DataRow("0.2.0", "0.2.0", false)]
    [DataRow("0.1.0", "0.2.0", false)]
    [DataRow("0.2.0", "0.2.0-preview.1", true)]
    [DataRow("0.2.0-preview.2", "0.2.0-preview.1", true)]
    [DataRow("0.2.0-preview.1", "0.2.0-preview.1", false)]
    [DataRow("0.2.0-preview.1", "0.2.0", false)]
    [DataRow("damaged", "0.2.0", false)]
    public void IsNewer_Versions_TellsWhichMayComeLater(string writer, string reader, bool expected) =>
        Assert.AreEqual(expected, ZippedOptions.IsNewer(writer, reader));
}
