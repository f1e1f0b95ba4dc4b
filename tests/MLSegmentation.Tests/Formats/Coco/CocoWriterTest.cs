using System.Text.Json;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class CocoWriterTest
{
    private static readonly string[] _classes = ["background", "pit", "scratch"];

    public static IEnumerable<CocoOptions> Options =>
    [
        new(), new() { OnePerClass = true }, new() { RunLengthsOnly = true }, new() { OnePerClass = true, RunLengthsOnly = true },
        new() { Background = 1 },
    ];

    [TestMethod]
    public void Add_TwoImages_AreAsWorkedByHand()
    {
        JsonElement root = Write(new CocoOptions { Background = 0 }, ("a.jpg", TestMask.Parse("1112", "1212", "1111")),
            ("ä.jpg", TestMask.Parse("333", "303", "333")));

        Assert.AreEqual(
            """[{"id":1,"name":"background","supercategory":""},{"id":2,"name":"pit","supercategory":""},"""
            + """{"id":3,"name":"scratch","supercategory":""}]""",
            Text(root, "categories"));
        Assert.AreEqual(
            """[{"id":1,"width":4,"height":3,"file_name":"a.jpg"},{"id":2,"width":3,"height":3,"file_name":"\u00E4.jpg"}]""",
            Text(root, "images"));
        Assert.AreEqual(
            """[{"id":1,"image_id":1,"category_id":2,"bbox":[3,0,1,2],"area":2,"iscrowd":0,"segmentation":[[3,0,4,0,4,2,3,2]]},"""
            + """{"id":2,"image_id":1,"category_id":2,"bbox":[1,1,1,1],"area":1,"iscrowd":0"""
            + ""","segmentation":[[1,1,2,1,2,2,1,2]]},"""
            + """{"id":3,"image_id":2,"category_id":3,"bbox":[0,0,3,3],"area":8,"iscrowd":0"""
            + ""","segmentation":{"size":[3,3],"counts":"0410"}}]""",
            Text(root, "annotations"));
    }

    [TestMethod]
    public void Add_OnePerClass_HasAPolygonForEachPart()
    {
        JsonElement annotation = Write(new CocoOptions { OnePerClass = true }, ("a.jpg", TestMask.Parse("202", "000")))
            .GetProperty("annotations").EnumerateArray().Single();

        Assert.AreEqual("[[0,0,1,0,1,1,0,1],[2,0,3,0,3,1,2,1]]", annotation.GetProperty("segmentation").GetRawText());
        Assert.AreEqual("[0,0,3,1]", annotation.GetProperty("bbox").GetRawText());
    }

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void Segmentations_OfAnyMask_AreItsPixels(CocoOptions options)
    {
        TestMask[] masks = [.. RandomMasks.Small(100).Concat(RandomMasks.Shapes())];

        JsonElement root = Write(options, [.. masks.Select((mask, i) => ($"{i}.jpg", mask))]);

        uint[][] read = [.. masks.Select(mask => new uint[mask.Keys.Length])];
        foreach (JsonElement annotation in root.GetProperty("annotations").EnumerateArray())
        {
            int image = annotation.GetProperty("image_id").GetInt32() - 1;
            TestMask mask = masks[image];
            uint[] one = Pixels(annotation.GetProperty("segmentation"), mask.Width, mask.Height);
            int[] inside = [.. Enumerable.Range(0, one.Length).Where(i => one[i] > 0)];
            foreach (int i in inside)
            {
                Assert.AreEqual(0u, read[image][i], "Two annotations have the same pixel.");
                read[image][i] = annotation.GetProperty("category_id").GetUInt32();
            }
            int[] columns = [.. inside.Select(i => i % mask.Width)], rows = [.. inside.Select(i => i / mask.Width)];
            Assert.HasCount(annotation.GetProperty("area").GetInt32(), inside);
            CollectionAssert.AreEqual(
                new[] { columns.Min(), rows.Min(), columns.Max() - columns.Min() + 1, rows.Max() - rows.Min() + 1 },
                Numbers(annotation.GetProperty("bbox")));
            if (options.RunLengthsOnly) Assert.AreEqual(JsonValueKind.Object, annotation.GetProperty("segmentation").ValueKind);
        }
        uint background = (uint)((options.Background ?? -1) + 1);
        for (int i = 0; i < masks.Length; i++)
        {
            CollectionAssert.AreEqual(
                masks[i].Keys.Select(key => key == background ? 0 : key).ToArray(), read[i], masks[i].ToString());
        }
    }

    private static uint[] Pixels(JsonElement segmentation, int width, int height)
    {
        var mask = new uint[width * height];
        if (segmentation.ValueKind == JsonValueKind.Array)
        {
            MaskPolygons.Fill(
                segmentation.EnumerateArray()
                    .Select(ring =>
                        new MaskPolygon(1, [.. Numbers(ring).Chunk(2).Select(point => new PixelPoint(point[0], point[1]))], [])),
                mask, width, height);
        }
        else
        {
            CollectionAssert.AreEqual(new[] { height, width }, Numbers(segmentation.GetProperty("size")));
            RunLengths.Decode(RunLengthText.Decompress(segmentation.GetProperty("counts").GetString()!), mask, width, height, 1);
        }
        return mask;
    }

    private static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt32())];

    private static string Text(JsonElement root, string name) => root.GetProperty(name).GetRawText().Replace("\n", "");

    private static JsonElement Write(CocoOptions options, params (string Name, TestMask Mask)[] images)
    {
        using var folder = new ImagesTestFolder();
        using var writer = new CocoWriter(folder["masks.json"], _classes, options);
        foreach ((string name, TestMask mask) in images) writer.Add(name, mask.Keys, mask.Width, mask.Height);
        writer.Complete();
        return JsonDocument.Parse(File.ReadAllText(folder["masks.json"])).RootElement;
    }
}
