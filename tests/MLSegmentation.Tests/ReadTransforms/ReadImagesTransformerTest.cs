using FreshProcess;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ReadImagesTransformerTest
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Image_RelativePath_StartsFromTheFolder()
    {
        using var folder = new TestFolder();
        IDataView data = _ml.Data.LoadFromEnumerable(InputRow.In(folder.Path));

        IDataView read = _ml.Transforms.ReadImages("Image", folder.Images, "ImagePath").Fit(data).Transform(data);

        (int, int)[] sizes = [.. read.GetColumn<MLImage>("Image").Select(image => (image.Width, image.Height))];
        CollectionAssert.AreEqual(TestFolder.Sizes, sizes);
    }

    [TestMethod]
    public void Image_FullPath_NeedsNoFolder()
    {
        using var folder = new TestFolder();
        IDataView data = _ml.Data.LoadFromEnumerable([new InputRow { ImagePath = folder.ImageFile(2) }]);

        using MLImage image = _ml.Transforms.ReadImages("ImagePath", null)
            .Fit(data).Transform(data).GetColumn<MLImage>("ImagePath").Single();

        Assert.AreEqual((9, 5), (image.Width, image.Height));
        byte[] rgb = TestImages.Pixels(9, 5, 2);
        (int red, int blue) = image.PixelFormat == MLPixelFormat.Bgra32 ? (2, 0) : (0, 2);
        CollectionAssert.AreEqual(rgb[..3], new[] { image.Pixels[red], image.Pixels[1], image.Pixels[blue] });
    }

    [TestMethod]
    public void Image_MissingFile_NamesIt()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([InputRow.Missing]);
        IDataView read = _ml.Transforms.ReadImages("Image", "nowhere", "ImagePath").Fit(data).Transform(data);

        StringAssert.Contains(
            Assert.ThrowsExactly<FileNotFoundException>(() => read.GetColumn<MLImage>("Image").ToArray()).Message, "missing.png");
    }

    [TestMethod]
    public void Image_TruncatedFile_NamesIt()
    {
        using var folder = new TestFolder();
        byte[] content = File.ReadAllBytes(folder.ImageFile(0));
        File.WriteAllBytes(folder.ImageFile(0), content[..(content.Length / 2)]);
        IDataView data = _ml.Data.LoadFromEnumerable(InputRow.In(folder.Path));
        IDataView read = _ml.Transforms.ReadImages("Image", folder.Images, "ImagePath").Fit(data).Transform(data);

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => read.GetColumn<MLImage>("Image").ToArray()).Message, "image0.png");
    }

    [TestMethod]
    public void Image_DamagedFilesBetweenSoundOnes_AreNamedAndTheRestIsRead()
    {
        using var folder = new TestFolder();
        foreach (string kind in ImageCorpus.Kinds)
        {
            byte[] file = ImageCorpus.File(kind);
            File.WriteAllBytes(folder.FileNamed($"{kind}-sound.png"), file);
            File.WriteAllBytes(folder.FileNamed($"{kind}-damaged.png"), file[..(file.Length / 2)]);
            InputRow[] rows =
                [.. new[] { "sound", "damaged", "sound" }.Select(state => new InputRow { ImagePath = $"{kind}-{state}.png" })];
            IDataView data = _ml.Data.LoadFromEnumerable(rows);
            IDataView read = _ml.Transforms.ReadImages("Image", folder.Path, "ImagePath").Fit(data).Transform(data);
            using DataViewRowCursor cursor = read.GetRowCursor(read.Schema);
            ValueGetter<MLImage> getImage = cursor.GetGetter<MLImage>(read.Schema["Image"]);
            MLImage image = null!;
            for (int row = 0; cursor.MoveNext(); row++)
            {
                if (row != 1) getImage(ref image);
                else
                    StringAssert.Contains(
                        Assert.ThrowsExactly<InvalidDataException>(() => getImage(ref image)).Message, $"{kind}-damaged.png");
                Assert.IsGreaterThan(0, image.Width, kind);
            }
            image.Dispose();
        }
    }

    [TestMethod]
    public void Image_EmptyPath_NamesTheRow()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new InputRow()]);
        IDataView read = _ml.Transforms.ReadImages("Image", null, "ImagePath").Fit(data).Transform(data);

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => read.GetColumn<MLImage>("Image").ToArray()).Message, "Row 0");
    }

    [TestMethod]
    public void Fit_ColumnIsNoText_NamesIt()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new { ImagePath = 1f }]);

        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => _ml.Transforms.ReadImages("Image", null, "ImagePath").Fit(data)).Message, "'ImagePath': expected Text");
    }
}
