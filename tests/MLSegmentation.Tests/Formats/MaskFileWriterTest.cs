namespace MLSegmentation.Tests;

/// <summary>What all writers of mask files have in common.</summary>
[TestClass]
public sealed class MaskFileWriterTest
{
    private static readonly string[] _classes = ["pit", "stain", "scratch"];

    public static IEnumerable<string> Kinds => ["coco", "geojson", "csv"];

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Add_ManyImages_NeedsTheMemoryOfOne(string kind)
    {
        using var folder = new ImagesTestFolder();
        using MaskFileWriter writer = Create(kind, folder["masks"]);
        TestMask mask = RandomMasks.Shapes().Last();
        long Kept(int images)
        {
            for (int i = 0; i < images; i++) writer.Add("image.jpg", mask.Keys, mask.Width, mask.Height);
            return GC.GetTotalMemory(forceFullCollection: true);
        }

        long few = Kept(500), many = Kept(10_000);

        Assert.IsLessThan(few + 200_000, many, $"{many - few} bytes more are kept after 10,000 images more.");
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Dispose_BeforeComplete_LeavesWhatWasThere(string kind)
    {
        using var folder = new ImagesTestFolder();
        File.WriteAllText(folder["masks"], "before");

        using (MaskFileWriter writer = Create(kind, folder["masks"])) writer.Add("a.jpg", [1, 2], 2, 1);

        Assert.AreEqual("before", File.ReadAllText(folder["masks"]));
        CollectionAssert.AreEqual(new[] { "masks" }, folder.FileNames);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Complete_AnyNumberOfImages_ReplacesWhatWasThere(string kind)
    {
        using var folder = new ImagesTestFolder();
        File.WriteAllText(folder["masks"], "before");

        using MaskFileWriter writer = Create(kind, folder["masks"]);
        writer.Complete();

        Assert.AreNotEqual("before", File.ReadAllText(folder["masks"]));
        CollectionAssert.AreEqual(new[] { "masks" }, folder.FileNames);
        Assert.ThrowsExactly<InvalidOperationException>(() => writer.Add("a.jpg", [1], 1, 1));
        Assert.ThrowsExactly<InvalidOperationException>(writer.Complete);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Add_WrongMask_IsRefusedAndWritesNothing(string kind)
    {
        using var folder = new ImagesTestFolder();
        using (MaskFileWriter none = Create(kind, folder["none"])) none.Complete();
        using MaskFileWriter writer = Create(kind, folder["masks"]);

        string message = Assert.ThrowsExactly<ArgumentException>(() => writer.Add("a.jpg", [1, 4], 2, 1)).Message;
        StringAssert.Contains(message, "'a.jpg' has the key 4, expected 0 to 3 for the classes pit, stain, scratch");
        Assert.ThrowsExactly<ArgumentException>(() => writer.Add("a.jpg", [1, 2], 2, 2));
        writer.Complete();

        Assert.AreEqual(File.ReadAllText(folder["none"]), File.ReadAllText(folder["masks"]));
    }

    [TestMethod]
    public void Constructor_BackgroundOfNoClass_IsRefusedAndMakesNoFile()
    {
        using var folder = new ImagesTestFolder();

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new GeoJsonWriter(folder["a"], _classes, background: 3));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => new CocoWriter(folder["a"], _classes, new CocoOptions { Background = -1 }));

        Assert.IsEmpty(folder.FileNames);
    }

    private static MaskFileWriter Create(string kind, string path) => kind switch
    {
        "coco" => new CocoWriter(path, _classes),
        "geojson" => new GeoJsonWriter(path, _classes),
        _ => new AreaCsvWriter(path, _classes),
    };
}
