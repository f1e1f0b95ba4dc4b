using MLSegmentation.Images;

namespace MLSegmentation.Tests.Images;

[TestClass]
public sealed class ResizeWeightsTest
{
    [TestMethod]
    public void For_ManySizesInTurn_AreThoseOfEach()
    {
        for (int round = 0; round < 2; round++)
        {
            for (int source = 1; source <= 40; source++)
            {
                for (int destination = 1; destination <= 40; destination++) Check(ResizeWeights.For(source, destination), source, destination);
            }
        }
    }

    // Around each half-pixel centre, within the source, and the mean of the source positions is the centre wherever the border is far enough.
    private static void Check(ResizeWeights weights, int source, int destination)
    {
        double scale = (double)source / destination, support = Math.Max(scale, 1);
        for (int i = 0; i < destination; i++)
        {
            float[] taps = weights.Of(i).ToArray();
            int first = weights.First(i);
            Assert.AreEqual(1, taps.Sum(), 1e-5);
            Assert.IsGreaterThanOrEqualTo(0, first);
            Assert.IsLessThanOrEqualTo(source, first + taps.Length);
            double centre = (i + 0.5) * scale - 0.5;
            if (scale > 1 || centre - support < 0 || centre + support > source - 1) continue;
            Assert.AreEqual(centre, taps.Select((tap, index) => tap * (first + index)).Sum(), 1e-4);
        }
    }
}
