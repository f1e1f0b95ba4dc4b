using MLSegmentation.Formats;
using MLSegmentation.Tests.Images;

namespace MLSegmentation.Tests.Formats;

[TestClass]
public sealed class AreaCsvWriterTest
{
    [TestMethod]
    public void Add_TwoImages_HaveARowForEachClass()
    {
        using var folder = new ImagesTestFolder();
        using var writer = new AreaCsvWriter(folder["areas.csv"], ["pit", "scratch, \"deep\""]);

        writer.Add("a.jpg", [2, 2, 2, 0], 2, 2);
        writer.Add("b,c.jpg", [1, 2, 1], 3, 1);
        writer.Complete();

        CollectionAssert.AreEqual(
            new[]
            {
                "image,class,pixels,fraction",
                "a.jpg,pit,0,0",
                "a.jpg,\"scratch, \"\"deep\"\"\",3,0.75",
                "\"b,c.jpg\",pit,2,0.6666666666666666",
                "\"b,c.jpg\",\"scratch, \"\"deep\"\"\",1,0.3333333333333333",
            },
            File.ReadAllLines(folder["areas.csv"]));
    }
}
