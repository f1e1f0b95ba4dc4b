namespace MLSegmentation.Tests;

[TestClass]
public sealed class ImageFileBytesTest
{
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    [DataRow(1)]
    [DataRow(15)]
    [DataRow(16)]
    [DataRow(100_000)]
    public void Read_EachLength_IsTheFile(int length)
    {
        var expected = new byte[length];
        new Random(length).NextBytes(expected);
        string file = _folder.FileNamed("image");
        File.WriteAllBytes(file, expected);

        // The second array may be the first one again, with other bytes behind.
        for (int i = 0; i < 2; i++)
        {
            using var bytes = ImageFileBytes.Read(file);
            CollectionAssert.AreEqual(expected, bytes.Content.ToArray());
        }
    }

    [TestMethod]
    public void Read_FileOfUnknownLength_IsReadToItsEnd()
    {
        const string File = "/proc/cpuinfo";
        if (!System.IO.File.Exists(File))
            Assert.Inconclusive($"There is no {File} on this system, whose length is said to be 0.");

        using var bytes = ImageFileBytes.Read(File);

        Assert.IsGreaterThan(16, bytes.Content.Count);
        Assert.AreEqual((byte)'\n', bytes.Content[^1]);
        Assert.IsGreaterThanOrEqualTo(0, bytes.Content.AsSpan().IndexOf("processor"u8));
    }

    [TestMethod]
    public void Read_EmptyFile_NamesIt()
    {
        string file = _folder.FileNamed("empty.png");
        File.WriteAllBytes(file, []);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ImageFileBytes.Read(file)).Message, file);
    }
}
