namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class ElasticFieldTest
{
    private const int Width = 41, Height = 21;

    [TestMethod]
    public void Displace_ManyFields_HaveTheDeviationAtTheGridsPoints()
    {
        var (across, down) = (new float[Width], new float[Width]);
        var squares = new double[2];
        double product = 0;
        int points = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            var field = new ElasticField(8, new Random(seed), Width, Height);
            foreach (int y in new[] { 0, Height / 2, Height - 1 })
            {
                field.Displace(y, across, down);
                foreach (int x in new[] { 0, Width / 2, Width - 1 })
                {
                    squares[0] += across[x] * across[x];
                    squares[1] += down[x] * down[x];
                    product += across[x] * down[x];
                    points++;
                }
            }
        }
        Assert.AreEqual(8, Math.Sqrt(squares[0] / points), 0.3);
        Assert.AreEqual(8, Math.Sqrt(squares[1] / points), 0.3);
        Assert.AreEqual(0, product / points / 64, 0.06);
    }

    /// <summary>
    /// By hand: a quarter of the way from the first point to the last, halfway between the first two, Keys's cubic takes
    /// 9/16 of both, and -1/16 of the two beside them; the first point stands for what is before it.
    /// </summary>
    [TestMethod]
    public void Displace_BetweenPoints_IsCubic()
    {
        var field = new ElasticField(5, new Random(3), Width, Height);
        var (across, down) = (new float[Width], new float[Width]);

        field.Displace(0, across, down);

        Assert.AreEqual(
            8.0 / 16 * across[0] + 9.0 / 16 * across[Width / 2] - 1.0 / 16 * across[Width - 1], across[Width / 4], 1e-4);
    }

    [TestMethod]
    public void Apply_Elastic_BendsImageAndLabelsTogether()
    {
        const int Side = 64;
        byte[] labels = [.. Enumerable.Range(0, Side * Side).Select(i => (byte)(i % Side / 16 + 4 * (i / Side / 16)))];
        var sample = new TrainingSample(Side, Side, [.. labels.Select(label => (byte)(label * 10))], labels);
        var options = AugmentationOptions.None with { Elastic = 4, Rotation = 30 };
        for (int seed = 0; seed < 20; seed++)
        {
            var (image, view) = (new byte[Side * Side], new byte[Side * Side]);
            Augmentation.Apply(sample, options, new Random(seed), Side, Side, image, view);
            int counted = view.Count(label => label != TrainingSample.Ignored),
                near = Enumerable.Range(0, view.Length).Count(i => image[i] == 10 * view[i]);
            Assert.IsGreaterThan(0.7 * counted, near, $"seed {seed}: {near} of {counted}");
            Assert.IsGreaterThan(1500, counted);
            CollectionAssert.AreNotEqual(labels, view);
        }
    }
}
