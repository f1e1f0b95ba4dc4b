namespace MLSegmentation.Tests;

[TestClass]
public sealed class TemporaryFolderTest
{
    [TestMethod]
    public void Create_Twice_GivesEmptyFoldersOfTheirOwn()
    {
        string one = TemporaryFolder.Create(), other = TemporaryFolder.Create();

        Assert.AreNotEqual(one, other);
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(one));
    }

    [TestMethod]
    public void DeleteLeft_FoldersInUseAndOfOthers_AreLeftAlone()
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("mlseg-test-");
        try
        {
            foreach (string name in new[] { "mlseg-left", "mlseg-used", "other" })
            {
                root.CreateSubdirectory(name);
                File.WriteAllText(Path.Combine(root.FullName, name, ".in-use"), "");
            }
            root.CreateSubdirectory("mlseg-without");
            string used = Path.Combine(root.FullName, "mlseg-used", ".in-use");
            using (new FileStream(used, FileMode.Open, FileAccess.Write, FileShare.None))
                TemporaryFolder.DeleteLeft(root.FullName);

            Assert.AreSequenceEqual(
                ["mlseg-used", "mlseg-without", "other"],
                root.EnumerateDirectories().Select(folder => folder.Name).Order(StringComparer.Ordinal));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
