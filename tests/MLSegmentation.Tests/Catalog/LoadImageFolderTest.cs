using Microsoft.ML;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class LoadImageFolderTest
{
    private readonly MLContext _ml = new(1);
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void LoadImageFolder_ImagesWithoutMasks_AreRowsInOrder()
    {
        Directory.Delete(_folder.Masks, recursive: true);
        File.WriteAllText(Path.Combine(_folder.Images, "readme.txt"), "passed over");

        ImageFolderRow[] rows = Rows(_ml.Data.LoadImageFolder(_folder.Images));

        CollectionAssert.AreEqual(
            new[] { "image0", "image1", "image2", "image3", "image4" }, rows.Select(row => row.Name).ToArray());
        CollectionAssert.AreEqual(
            Enumerable.Range(0, 5).Select(_folder.ImageFile).ToArray(), rows.Select(row => row.ImagePath).ToArray());
    }

    [TestMethod]
    public void LoadImageFolder_Split_TakesThePart()
    {
        string split = _folder.FileNamed("split.csv");
        File.WriteAllLines(split, ["name,split", "image3,test", "image0,train", "image1.png,test"]);

        ImageFolderRow[] rows = Rows(_ml.Data.LoadImageFolder(_folder.Images, split, "test"));

        CollectionAssert.AreEqual(new[] { "image1", "image3" }, rows.Select(row => row.Name).ToArray());
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Data.LoadImageFolder(_folder.Images, split));
    }

    [TestMethod]
    public void LoadImageFolder_NoFolderOrNoImages_SaysSo()
    {
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => _ml.Data.LoadImageFolder(_folder.FileNamed("absent")));
        Assert.ThrowsExactly<InvalidDataException>(
            () => _ml.Data.LoadImageFolder(Directory.CreateDirectory(_folder.FileNamed("empty")).FullName));
    }

    private ImageFolderRow[] Rows(IDataView view) => [.. _ml.Data.CreateEnumerable<ImageFolderRow>(view, reuseRowObject: false)];
}
