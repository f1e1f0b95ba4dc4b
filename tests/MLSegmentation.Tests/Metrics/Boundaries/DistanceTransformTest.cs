namespace MLSegmentation.Tests;

[TestClass]
public sealed class DistanceTransformTest
{
    [TestMethod]
    [DataRow(1, 1, 0.5)]
    [DataRow(1, 40, 0.1)]
    [DataRow(40, 1, 0.1)]
    [DataRow(23, 31, 0.003)]
    [DataRow(31, 23, 0.02)]
    [DataRow(20, 20, 0.5)]
    public void Squared_OfRandomSeeds_IsTheLeastOverAllSeeds(int width, int height, double density)
    {
        var random = new Random(9);
        for (int round = 0; round < 10; round++)
        {
            bool[] seeds = [.. Enumerable.Range(0, width * height).Select(_ => random.NextDouble() < density)];
            long[] distances = DistanceTransform.Squared(seeds, width, height);
            int[] at = [.. Enumerable.Range(0, seeds.Length).Where(i => seeds[i])];
            for (int i = 0; i < seeds.Length; i++)
            {
                long Square(int seed)
                {
                    long across = (i % width) - (seed % width), down = (i / width) - (seed / width);
                    return (across * across) + (down * down);
                }
                long expected = at.Length == 0 ? (long)(width + height) * (width + height) : at.Min(Square);
                Assert.AreEqual(expected, distances[i], $"pixel {i}");
            }
        }
    }
}
