using MLSegmentation.SampleGenerator;
using SkiaSharp;

namespace MLSegmentation.Tests;

/// <summary>The committed set in data/surfaces is what its generator draws.</summary>
[TestClass]
public sealed class SampleSetTest
{
    [TestMethod]
    [DataRow(9)]
    [DataRow(65)]
    public void Draw_OfACommittedSample_GivesItsMaskAndImage(int index)
    {
        Canvas canvas = SampleSet.Draw(index);

        (byte[] mask, int width, int height) = Decode("masks", SampleSet.Name(index) + ".png", SKColorType.Gray8);
        Assert.AreEqual((canvas.Width, canvas.Height), (width, height));
        CollectionAssert.AreEqual(canvas.Mask, mask);

        (byte[] image, width, height) = Decode("images", SampleSet.Name(index) + ".jpg", SKColorType.Rgba8888);
        Assert.AreEqual((canvas.Width, canvas.Height), (width, height));
        double error = canvas.ToRgba().Zip(image, (drawn, stored) => Math.Abs(drawn - stored)).Average();
        // JPEG moves a byte of these noisy pictures by 1.4 to 3.4 on average; another picture would be off by 20 and more.
        Assert.IsLessThan(6, error);
    }

    [TestMethod]
    public void Draw_OfTheSameNumberTwice_GivesTheSameBytes()
    {
        Canvas first = SampleSet.Draw(3), second = SampleSet.Draw(3);
        CollectionAssert.AreEqual(SampleWriter.EncodeImage(first), SampleWriter.EncodeImage(second));
        CollectionAssert.AreEqual(SampleWriter.EncodeMask(first), SampleWriter.EncodeMask(second));
    }

    [TestMethod]
    public void Surfaces_AsCommitted_AreCompleteAndHoldEveryClassInBothParts()
    {
        var seen = new Dictionary<string, HashSet<byte>> { ["train"] = [], ["test"] = [] };
        string[] lines = File.ReadAllLines(Path.Combine(Folder, "split.csv"));
        Assert.AreEqual("name,split", lines[0]);
        foreach (string[] fields in lines[1..].Select(line => line.Split(',')))
        {
            Assert.IsTrue(File.Exists(Path.Combine(Folder, "images", fields[0] + ".jpg")), fields[0]);
            seen[fields[1]].UnionWith(Decode("masks", fields[0] + ".png", SKColorType.Gray8).Pixels);
        }
        Assert.HasCount(SampleSet.Count + 1, lines);
        foreach (HashSet<byte> classes in seen.Values)
            CollectionAssert.AreEquivalent(new byte[] { 0, 1, 2, 3 }, classes.ToArray());
        CollectionAssert.AreEqual(
            new[] { "0 background", "1 scratch", "2 pit", "3 stain" }, File.ReadAllLines(Path.Combine(Folder, "classes.txt")));
    }

    private static string Folder => Path.Combine(SharedData.Repository, "data", "surfaces");

    private static (byte[] Pixels, int Width, int Height) Decode(string folder, string name, SKColorType colorType)
    {
        using var codec = SKCodec.Create(Path.Combine(Folder, folder, name));
        using var bitmap = SKBitmap.Decode(
            codec, new SKImageInfo(codec.Info.Width, codec.Info.Height, colorType, SKAlphaType.Opaque));
        return (bitmap.Bytes, bitmap.Width, bitmap.Height);
    }
}
