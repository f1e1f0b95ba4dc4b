namespace MLSegmentation.Tests;

[TestClass]
public sealed class RealPathTest
{
    private readonly TestFolder _folder = new();

    [TestInitialize]
    public void MakeFolders() => Directory.CreateDirectory(At("a/b"));

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void Find_NoLinks_IsThePath()
    {
        Assert.AreEqual(At("a/b/none"), RealPath.Find(At("a/b/none")));
        Assert.AreEqual(Path.GetPathRoot(_folder.Path), RealPath.Find(Path.GetPathRoot(_folder.Path)!));
    }

    [TestMethod]
    [DataRow("a/b", DisplayName = "relative")]
    [DataRow("./a/../a//b/", DisplayName = "with dots")]
    [DataRow(null, DisplayName = "absolute")]
    public void Find_LinkToAFolder_IsFollowedOnTheWay(string? target)
    {
        Directory.CreateSymbolicLink(At("link"), target ?? At("a/b"));

        Assert.AreEqual(At("a/b/file"), RealPath.Find(At("link/file")));
    }

    [TestMethod]
    public void Find_ParentOfALink_IsThatOfItsTarget()
    {
        // As the operating system takes it: the folder above 'a/b', not above 'link'.
        Directory.CreateSymbolicLink(At("link"), "a/b");
        File.CreateSymbolicLink(At("file"), "link/../x");

        Assert.AreEqual(At("a/x"), RealPath.Find(At("file")));
    }

    [TestMethod]
    public void Find_LinksToLinks_AreFollowedToTheEnd()
    {
        File.CreateSymbolicLink(At("one"), "two");
        File.CreateSymbolicLink(At("two"), At("a/three"));
        File.CreateSymbolicLink(At("a/three"), "b/file");

        Assert.AreEqual(At("a/b/file"), RealPath.Find(At("one")));
    }

    [TestMethod]
    public void Find_LinksInACircle_IsNull()
    {
        File.CreateSymbolicLink(At("one"), "two");
        File.CreateSymbolicLink(At("two"), "one");
        Directory.CreateSymbolicLink(At("self"), "self/deeper");

        Assert.IsNull(RealPath.Find(At("one")));
        Assert.IsNull(RealPath.Find(At("self/file")));
    }

    private string At(string path) => Path.GetFullPath(_folder.FileNamed(path));
}
