namespace MLSegmentation.Tests;

[TestClass]
public sealed class BoundaryF1Test
{
    private const double Tolerance = 1e-15;

    [TestMethod]
    [DataRow(200, 1, 1.0)]
    [DataRow(200, 2, 1.0)]
    // Half of each outline is on the other; the rest is one pixel away, which is more than 0.53.
    [DataRow(50, 1, 0.5)]
    public void Add_OfASquareMoved_GivesTheValueWorkedByHand(int size, int move, double expected)
    {
        var boundary = new BoundaryF1(2);
        boundary.Add(
            RandomMask.Square(size, 20, 20, 10, ground: 2), RandomMask.Square(size, 20 + move, 20, 10, ground: 2), size, size);
        Assert.AreEqual(expected, boundary.PerClass[0]!.Value, Tolerance);
    }

    [TestMethod]
    [DataRow(17, 11, 0.05)]
    [DataRow(40, 33, 0.0075)]
    [DataRow(9, 45, 0.1)]
    [DataRow(1, 30, 0.04)]
    public void PerClass_OfRandomMasks_IsThatOfAllPairsOfPixels(int width, int height, double fraction)
    {
        const int Classes = 3;
        var random = new Random(width + height);
        var boundary = new BoundaryF1(Classes, fraction);
        var scores = new List<double>[] { [], [], [] };
        for (int image = 0; image < 5; image++)
        {
            uint[] labels = RandomMask.Draw(random, width, height, Classes),
                predictions = RandomMask.Draw(random, width, height, Classes);
            boundary.Add(labels, predictions, width, height);
            uint[] judged = [.. predictions.Select((key, i) => labels[i] == 0 ? 0 : key)];
            double tolerance = fraction * Math.Sqrt(width * width + height * height);
            for (uint key = 1; key <= Classes; key++)
            {
                (int X, int Y)[] truth = Contour(labels, key, width, height), found = Contour(judged, key, width, height);
                if (truth.Length + found.Length == 0) continue;
                double precision = Near(found, truth, tolerance), recall = Near(truth, found, tolerance);
                scores[key - 1].Add(precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));
            }
        }
        for (int index = 0; index < Classes; index++)
            Assert.AreEqual(scores[index].Average(), boundary.PerClass[index]!.Value, Tolerance);
    }

    [TestMethod]
    [DataRow(480, 360, BoundaryF1.DefaultTolerance)]
    [DataRow(61, 307, 0.1)]
    [DataRow(40, 30, 1.0)]
    public void Add_OfARandomMask_GivesExactlyWhatDistanceTransformsGive(int width, int height, double fraction)
    {
        const int Classes = 11;
        var random = new Random(width);
        for (int image = 0; image < 3; image++)
        {
            uint[] labels = RandomMask.Draw(random, width, height, Classes),
                predictions = RandomMask.Draw(random, width, height, Classes);
            var boundary = new BoundaryF1(Classes, fraction);
            boundary.Add(labels, predictions, width, height);
            uint[] judged = [.. predictions.Select((key, i) => labels[i] == 0 ? 0 : key)];
            double tolerance = fraction * Math.Sqrt((width * width) + (height * height));
            for (uint key = 1; key <= Classes; key++)
            {
                bool[] truth = IsContour(labels, key, width, height), found = IsContour(judged, key, width, height);
                if (!truth.Contains(true) && !found.Contains(true)) continue;
                double precision = Near(found, truth, width, height, tolerance),
                    recall = Near(truth, found, width, height, tolerance);
                double expected = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
                Assert.AreEqual(expected, boundary.PerClass[(int)key - 1], $"image {image}, key {key}");
            }
        }
    }

    [TestMethod]
    public void PerClass_OfAClassMissedInOneImage_IsTheMeanWithZero()
    {
        var boundary = new BoundaryF1(3);
        uint[] square = RandomMask.Square(20, 5, 5, 8, ground: 2), empty = [.. Enumerable.Repeat(2u, 400)];
        boundary.Add(square, square, 20, 20);
        boundary.Add(square, empty, 20, 20);
        Assert.AreEqual(0.5, boundary.PerClass[0]);
        Assert.IsNull(boundary.PerClass[2]);
    }

    private static (int X, int Y)[] Contour(uint[] keys, uint key, int width, int height)
    {
        bool IsKey(int x, int y) => x >= 0 && y >= 0 && x < width && y < height && keys[(y * width) + x] == key;
        return [.. from y in Enumerable.Range(0, height)
            from x in Enumerable.Range(0, width)
            where IsKey(x, y) && !Enumerable.Range(-1, 3).All(dy => Enumerable.Range(-1, 3).All(dx => IsKey(x + dx, y + dy)))
            select (x, y)];
    }

    private static bool[] IsContour(uint[] keys, uint key, int width, int height)
    {
        var contour = new bool[keys.Length];
        foreach ((int x, int y) in Contour(keys, key, width, height)) contour[(y * width) + x] = true;
        return contour;
    }

    private static double Near(bool[] contour, bool[] other, int width, int height, double tolerance)
    {
        if (!contour.Contains(true) || !other.Contains(true)) return 0;
        long[] distances = DistanceTransform.Squared(other, width, height);
        int near = contour.Where((isContour, i) => isContour && distances[i] < tolerance * tolerance).Count();
        return (double)near / contour.Count(isContour => isContour);
    }

    private static double Near((int X, int Y)[] contour, (int X, int Y)[] other, double tolerance)
    {
        bool IsNear((int X, int Y) one, (int X, int Y) two) =>
            Math.Sqrt(((one.X - two.X) * (one.X - two.X)) + ((one.Y - two.Y) * (one.Y - two.Y))) < tolerance;
        return contour.Length == 0 ? 0 : (double)contour.Count(one => other.Any(two => IsNear(one, two))) / contour.Length;
    }
}
