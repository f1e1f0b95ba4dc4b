namespace MLSegmentation.Tests;

[TestClass]
public sealed class BoundaryIoUTest
{
    private const double Tolerance = 1e-15;

    [TestMethod]
    public void Add_OfASquareMovedByOnePixel_GivesTheValueWorkedByHand()
    {
        var boundary = new BoundaryIoU(2);
        boundary.Add(RandomMask.Square(50, 20, 20, 10, ground: 2), RandomMask.Square(50, 21, 20, 10, ground: 2), 50, 50);
        // Two outlines of 36 pixels, 9 of each of two rows in common: 18 / (36 + 36 - 18).
        Assert.AreEqual(1.0 / 3, boundary.PerClass[0]!.Value, Tolerance);
    }

    [TestMethod]
    [DataRow(17, 11, 0.02)]
    [DataRow(40, 33, 0.05)]
    [DataRow(64, 48, 0.02)]
    [DataRow(9, 60, 0.2)]
    [DataRow(1, 30, 0.1)]
    public void PerClass_OfRandomMasks_IsThatOfErosionStepByStep(int width, int height, double fraction)
    {
        const int Classes = 4;
        var random = new Random(width + height);
        var boundary = new BoundaryIoU(Classes, fraction);
        long[] common = new long[Classes], union = new long[Classes];
        for (int image = 0; image < 5; image++)
        {
            uint[] labels = RandomMask.Draw(random, width, height, Classes),
                predictions = RandomMask.Draw(random, width, height, Classes);
            boundary.Add(labels, predictions, width, height);
            uint[] judged = [.. predictions.Select((key, i) => labels[i] == 0 ? 0 : key)];
            int steps = Math.Max((int)Math.Round(fraction * Math.Sqrt(width * width + height * height)), 1);
            for (uint key = 1; key <= Classes; key++)
            {
                bool[] truth = Boundary(labels, key, width, height, steps), found = Boundary(judged, key, width, height, steps);
                common[key - 1] += truth.Zip(found).Count(pair => pair.First && pair.Second);
                union[key - 1] += truth.Zip(found).Count(pair => pair.First || pair.Second);
            }
        }
        for (int index = 0; index < Classes; index++)
            Assert.AreEqual((double)common[index] / union[index], boundary.PerClass[index]!.Value, Tolerance);
    }

    [TestMethod]
    public void PerClass_OfAPerfectPredictionBesideIgnoredPixels_IsOne()
    {
        var random = new Random(3);
        uint[] labels = RandomMask.Draw(random, 30, 20, 2);
        // What is predicted where nothing is labelled changes nothing.
        uint[] predictions = [.. labels.Select(key => key == 0 ? (uint)random.Next(3) : key)];
        var boundary = new BoundaryIoU(3);
        boundary.Add(labels, predictions, 30, 20);
        Assert.AreEqual(1.0, boundary.PerClass[0]);
        Assert.AreEqual(1.0, boundary.PerClass[1]);
        Assert.IsNull(boundary.PerClass[2]);
    }

    [TestMethod]
    public void Add_OfAMaskOfAnotherSize_SaysBoth() => StringAssert.Contains(
        Assert.ThrowsExactly<ArgumentException>(() => new BoundaryIoU(2).Add(new uint[12], new uint[11], 4, 3)).Message,
        "12 labels and 11 predictions");

    [TestMethod]
    public void Add_OfAKeyAboveTheClasses_SaysWhere() => StringAssert.Contains(
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new BoundaryIoU(2).Add([1, 1], [1, 3], 2, 1)).Message,
        "Pixel 1 has the key 3");

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1.5)]
    [DataRow(double.NaN)]
    public void Constructor_OfNoFraction_Throws(double width) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new BoundaryIoU(2, width));

    /// <summary>
    /// The mask less what is left of it after so many erosions by 3×3, with nothing outside the image: as the authors write it.
    /// </summary>
    private static bool[] Boundary(uint[] keys, uint key, int width, int height, int steps)
    {
        bool[] mask = [.. keys.Select(one => one == key)], eroded = mask;
        for (int step = 0; step < steps; step++)
        {
            bool[] before = eroded;
            bool Inside(int x, int y) => x >= 0 && y >= 0 && x < width && y < height && before[(y * width) + x];
            eroded = [.. before.Select((_, i) =>
                Enumerable.Range(-1, 3)
                    .All(dy => Enumerable.Range(-1, 3).All(dx => Inside((i % width) + dx, (i / width) + dy))))];
        }
        return [.. mask.Zip(eroded, (whole, left) => whole && !left)];
    }
}
