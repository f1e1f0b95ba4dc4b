namespace MLSegmentation.Tests;

[TestClass]
public sealed class AtomicFileTest
{
    [TestMethod]
    public void Write_FileExists_IsReplaced()
    {
        using var folder = new ImagesTestFolder();
        string path = folder.Write("a.bin", [1, 2, 3]);

        AtomicFile.Write(path, stream => stream.Write([4, 5]));

        CollectionAssert.AreEqual(new byte[] { 4, 5 }, File.ReadAllBytes(path));
        CollectionAssert.AreEqual(new[] { "a.bin" }, folder.FileNames);
    }

    [TestMethod]
    public void Write_FailsHalfway_KeepsTheOldFileAndLeavesNothingElse()
    {
        using var folder = new ImagesTestFolder();
        string path = folder.Write("a.bin", [1, 2, 3]);

        Assert.ThrowsExactly<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException();
        }));

        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, File.ReadAllBytes(path));
        CollectionAssert.AreEqual(new[] { "a.bin" }, folder.FileNames);
    }
}
