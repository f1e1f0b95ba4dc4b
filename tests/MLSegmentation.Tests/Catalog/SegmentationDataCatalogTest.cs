using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class SegmentationDataCatalogTest
{
    private readonly MLContext _ml = new(1);
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void LoadSegmentationFolder_TwoFolders_PairsByName()
    {
        File.WriteAllText(Path.Combine(_folder.Images, "readme.txt"), "passed over");

        SegmentationFolderRow[] rows = Load();

        CollectionAssert.AreEqual(
            new[] { "image0", "image1", "image2", "image3", "image4" }, rows.Select(row => row.Name).ToArray());
        Assert.AreEqual(Path.Combine(_folder.Images, "image1.png"), rows[1].ImagePath);
        Assert.AreEqual(Path.Combine(_folder.Masks, "image1.png"), rows[1].MaskPath);
    }

    [TestMethod]
    public void LoadSegmentationFolder_Tiff_IsAnImage()
    {
        string path = Path.Combine(_folder.Images, "image1.tif");
        File.Delete(Path.ChangeExtension(path, ".png"));
        (int width, int height) = ImageHeader.TryReadSize(Path.Combine(_folder.Masks, "image1.png"))!.Value;
        new TestTiff(width, height).Write(path, new ushort[3 * width * height]);

        SegmentationFolderRow[] rows = Load();

        Assert.AreEqual(path, rows[1].ImagePath);
        using MLImage image = ImageDecoder.Decode(rows[1].ImagePath);
        Assert.AreEqual((width, height), (image.Width, image.Height));
        new TestTiff(width + 1, height).Write(path, new ushort[3 * (width + 1) * height]);
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => Load()).Message, $"image1.tif' {width + 1}x{height}");
    }

    [TestMethod]
    public void LoadSegmentationFolder_Split_TakesThePart()
    {
        string split = Split("name,other,split", "image0,1,train", "image3.png,2,test", "image1,3,test");

        CollectionAssert.AreEqual(new[] { "image1", "image3" }, Load(split, "test").Select(row => row.Name).ToArray());
    }

    [TestMethod]
    public void LoadSegmentationFolder_ImageWithoutMask_NamesIt()
    {
        File.Delete(Path.Combine(_folder.Masks, "image2.png"));

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => Load()).Message, "image2");
    }

    [TestMethod]
    public void LoadSegmentationFolder_MaskOnItsSide_NamesBothFilesAndSizes()
    {
        string mask = Path.Combine(_folder.Masks, "image2.png");
        LabelImage old = LabelImageReader.Read(mask);
        PngWriter.WriteIndexed(mask, [.. old.Values.Select(value => (byte)value)], old.Height, old.Width, Palette.Voc(3));

        string message = Assert.ThrowsExactly<InvalidDataException>(() => Load()).Message;

        StringAssert.Contains(message, $"'{Path.Combine(_folder.Images, "image2.png")}' {old.Width}x{old.Height}");
        StringAssert.Contains(message, $"'{mask}' {old.Height}x{old.Width}");
    }

    [TestMethod]
    public void LoadSegmentationFolder_OnlyThePartNeedsMasks()
    {
        File.Delete(Path.Combine(_folder.Masks, "image2.png"));

        Assert.HasCount(1, Load(Split("name,split", "image0,train", "image2,test"), "train"));
    }

    [TestMethod]
    public void LoadSegmentationFolder_EmptyFolder_NamesIt()
    {
        string empty = Directory.CreateDirectory(_folder.FileNamed("empty")).FullName;

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => _ml.Data.LoadSegmentationFolder(empty, _folder.Masks)).Message,
            empty);
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => _ml.Data.LoadSegmentationFolder(_folder.Images, empty)).Message,
            empty);
    }

    [TestMethod]
    public void LoadSegmentationFolder_NoFolder_NamesIt() => StringAssert.Contains(
        Assert.ThrowsExactly<DirectoryNotFoundException>(() => _ml.Data.LoadSegmentationFolder("nowhere", _folder.Masks)).Message,
        "nowhere");

    [TestMethod]
    public void LoadSegmentationFolder_TwoImagesOfOneName_NamesBoth()
    {
        File.WriteAllText(Path.Combine(_folder.Images, "image0.jpg"), "");

        string message = Assert.ThrowsExactly<InvalidDataException>(() => Load()).Message;
        StringAssert.Contains(message, "image0.jpg");
        StringAssert.Contains(message, "image0.png");
    }

    [TestMethod]
    public void LoadSegmentationFolder_SplitThatDoesNotFit_SaysWhy()
    {
        Assert.ThrowsExactly<ArgumentException>(() => Load(Split("name,split", "image0,train")));
        Assert.ThrowsExactly<FileNotFoundException>(() => Load("nowhere.csv", "train"));
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => Load(Split("name,part", "image0,train"), "train")).Message,
            "'split'");
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => Load(Split("name,split", "image0,train"), "test")).Message, "train");
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => Load(Split("name,split", "image9,train"), "train")).Message,
            "image9");
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => Load(Split("name,split", "image0"), "train")).Message, "Line 2");
    }

    [TestMethod]
    public void LoadIdxImages_WithLabels_IsImagesAndKeys()
    {
        string images = Idx("images.gz", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20, 30, 40]);
        string labels = Idx("labels.gz", [0, 0, 8, 1, 0, 0, 0, 2, 3, 0]);

        IDataView data = _ml.Data.LoadIdxImages(images, labels);

        Assert.AreEqual(new ImageDataViewType(1, 2), data.Schema["Image"].Type);
        Assert.AreEqual(new KeyDataViewType(typeof(uint), 4), data.Schema["Label"].Type);
        Assert.AreEqual(2, data.GetRowCount());
        CollectionAssert.AreEqual(new uint[] { 4, 1 }, data.GetColumn<uint>("Label").ToArray());
        CollectionAssert.AreEqual(new[] { "10 20", "30 40" },
            data.GetColumn<MLImage>("Image").Select(image => $"{image.Pixels[0]} {image.Pixels[5]}").ToArray());
        Assert.AreEqual(2, data.Preview().RowView.Length);
    }

    [TestMethod]
    public void LoadIdxImages_OtherCountOfLabels_NamesBoth()
    {
        string images = Idx("images.gz", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20, 30, 40]);
        string labels = Idx("labels.gz", [0, 0, 8, 1, 0, 0, 0, 1, 3]);

        string message = Assert.ThrowsExactly<InvalidDataException>(() => _ml.Data.LoadIdxImages(images, labels)).Message;

        StringAssert.Contains(message, "1 labels");
        StringAssert.Contains(message, "2 images");
    }

    private SegmentationFolderRow[] Load(string? split = null, string? part = null) =>
        [.. _ml.Data.CreateEnumerable<SegmentationFolderRow>(
            _ml.Data.LoadSegmentationFolder(_folder.Images, _folder.Masks, split, part), false)];

    private string Split(params string[] lines)
    {
        string path = _folder.FileNamed("split.csv");
        File.WriteAllLines(path, lines);
        return path;
    }

    private string Idx(string name, byte[] content)
    {
        string path = _folder.FileNamed(name);
        using var stream = new GZipStream(File.Create(path), CompressionMode.Compress);
        stream.Write(content);
        return path;
    }
}
