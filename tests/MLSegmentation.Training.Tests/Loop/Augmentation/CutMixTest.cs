namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class CutMixTest
{
    private const int Width = 20, Height = 10;

    [TestMethod]
    public void Apply_TwoViews_PastesARectangleWithItsLabels()
    {
        var areas = new List<int>();
        for (int seed = 0; seed < 200; seed++)
        {
            byte[] image = [.. Enumerable.Repeat((byte)1, 3 * Width * Height)],
                other = [.. Enumerable.Repeat((byte)2, 3 * Width * Height)];
            byte[] labels = new byte[Width * Height], otherLabels = [.. Enumerable.Repeat((byte)5, Width * Height)];

            CutMix.Apply(image, labels, other, otherLabels, Width, Height, new Random(seed));

            int[] pasted = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == 5)];
            for (int i = 0; i < image.Length; i++) Assert.AreEqual(labels[i / 3] == 5 ? 2 : 1, image[i]);
            if (pasted.Length > 0)
            {
                int columns = pasted.Max(i => i % Width) - pasted.Min(i => i % Width) + 1,
                    rows = pasted.Max(i => i / Width) - pasted.Min(i => i / Width) + 1;
                Assert.AreEqual(columns * rows, pasted.Length);
            }
            areas.Add(pasted.Length);
        }
        // Half of the area in the mean, and all sizes.
        Assert.AreEqual(0.5 * Width * Height, areas.Average(), 0.06 * Width * Height);
        Assert.IsTrue(areas.Min() < 10 && areas.Max() > 190);
    }
}
