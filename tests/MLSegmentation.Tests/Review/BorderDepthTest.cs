namespace MLSegmentation.Tests;

[TestClass]
public sealed class BorderDepthTest
{
    [TestMethod]
    public void Of_Row_CountsStepsToTheBorder() =>
        Assert.AreSequenceEqual((byte[])[4, 4, 3, 2, 1, 1, 2], BorderDepth.Of([1, 1, 1, 1, 1, 2, 2], 7, 1, most: 4));

    [TestMethod]
    public void Of_AnySmallMask_IsTheNearestOtherKey()
    {
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            int width = random.Next(1, 9), height = random.Next(1, 9);
            uint[] mask = [.. Enumerable.Range(0, width * height).Select(_ => (uint)(random.Next(6) == 0 ? 1 : 2))];
            byte[] found = BorderDepth.Of(mask, width, height, most: 5);
            for (int i = 0; i < mask.Length; i++)
            {
                int nearest = Enumerable.Range(0, mask.Length).Where(other => mask[other] != mask[i])
                    .Select(other => Math.Max(Math.Abs((i % width) - (other % width)), Math.Abs((i / width) - (other / width))))
                    .DefaultIfEmpty(5).Min();
                Assert.AreEqual(Math.Min(5, nearest), found[i], $"round {round}, pixel {i} of {width}x{height}");
            }
        }
    }
}
