using System.Text.Json;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class GeoJsonWriterTest
{
    private static readonly string[] _classes = ["background", "pit", "scratch"];

    [TestMethod]
    public void Add_ClassWithAHole_IsAsWorkedByHand()
    {
        JsonElement root = Write(background: 0, ("a.jpg", TestMask.Parse("333", "313", "333")));

        Assert.AreEqual(
            """{"type":"FeatureCollection","features":[{"type":"Feature","properties":"""
            + """{"image":"a.jpg","class":"scratch","area":8},"geometry":"""
            + """{"type":"MultiPolygon","coordinates":[[[[0,0],[3,0],[3,3],[0,3],[0,0]],[[1,2],[2,2],[2,1],[1,1],[1,2]]]]}}]}""",
            root.GetRawText().Replace("\n", "").Trim());
    }

    [TestMethod]
    public void Geometries_OfAnyMask_AreItsPixels()
    {
        TestMask[] masks = [.. RandomMasks.Small(100).Concat(RandomMasks.Shapes())];

        JsonElement root = Write(background: null, [.. masks.Select((mask, i) => ($"{i}", mask))]);

        uint[][] read = [.. masks.Select(mask => new uint[mask.Keys.Length])];
        foreach (JsonElement feature in root.GetProperty("features").EnumerateArray())
        {
            JsonElement properties = feature.GetProperty("properties");
            int image = int.Parse(properties.GetProperty("image").GetString()!);
            uint key = (uint)Array.IndexOf(_classes, properties.GetProperty("class").GetString()) + 1;
            MaskPolygons.Fill(
                feature.GetProperty("geometry")
                    .GetProperty("coordinates").EnumerateArray().Select(polygon => Polygon(key, polygon)),
                read[image], masks[image].Width, masks[image].Height);
            Assert.AreEqual(masks[image].Keys.Count(one => one == key), properties.GetProperty("area").GetInt32());
        }
        for (int i = 0; i < masks.Length; i++) CollectionAssert.AreEqual(masks[i].Keys, read[i], masks[i].ToString());
    }

    private static MaskPolygon Polygon(uint key, JsonElement polygon)
    {
        PixelPoint[][] rings =
            [.. polygon.EnumerateArray()
                .Select(ring =>
                    ring.EnumerateArray().Select(point => new PixelPoint(point[0].GetInt32(), point[1].GetInt32())).ToArray())];
        foreach (PixelPoint[] ring in rings) Assert.AreEqual(ring[0], ring[^1], "A ring of GeoJSON ends where it began.");
        return new MaskPolygon(key, rings[0][..^1], [.. rings[1..].Select(ring => ring[..^1])]);
    }

    private static JsonElement Write(int? background, params (string Name, TestMask Mask)[] images)
    {
        using var folder = new ImagesTestFolder();
        using var writer = new GeoJsonWriter(folder["masks.geojson"], _classes, background);
        foreach ((string name, TestMask mask) in images) writer.Add(name, mask.Keys, mask.Width, mask.Height);
        writer.Complete();
        return JsonDocument.Parse(File.ReadAllText(folder["masks.geojson"])).RootElement;
    }
}
