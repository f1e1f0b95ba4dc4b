namespace MLSegmentation.Tests;

[TestClass]
public sealed class PixelConfusionMatrixTest
{
    [TestMethod]
    public void Add_OfTheWorkedExample_CountsAsByHand()
    {
        PixelConfusionMatrix matrix = WorkedExample.Count();
        int[,] expected = { { 4, 1, 1 }, { 0, 3, 0 }, { 1, 0, 3 } };
        int[] unassigned = [0, 1, 0], label = [6, 4, 4], predicted = [5, 4, 4];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++) Assert.AreEqual(expected[i, j], matrix[i, j], $"label {i}, prediction {j}");
            Assert.AreEqual(unassigned[i], matrix.Unassigned(i));
            Assert.AreEqual(label[i], matrix.LabelPixels(i));
            Assert.AreEqual(predicted[i], matrix.PredictedPixels(i));
        }
        Assert.AreEqual(14, matrix.LabeledPixels);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(480 * 360 + 5)]
    public void Add_OfRandomMasks_EqualsCountingOneByOne(int pixels)
    {
        (uint[] labels, uint[] predictions) = RandomMasks(pixels, classes: 12, seed: 3);
        var matrix = new PixelConfusionMatrix(12);
        matrix.Add(labels, predictions);
        AssertEqual(Naive(labels, predictions, 12), matrix);
    }

    [TestMethod]
    public void Merge_OfShards_EqualsTheWhole()
    {
        (uint[] labels, uint[] predictions) = RandomMasks(10_000, classes: 5, seed: 4);
        PixelConfusionMatrix whole = new(5), merged = new(5);
        whole.Add(labels, predictions);
        foreach (Range shard in new[] { ..1, 1..4_003, 4_003..4_003, 4_003.. })
        {
            var part = new PixelConfusionMatrix(5);
            part.Add(labels[shard], predictions[shard]);
            merged.Merge(part);
        }
        Assert.AreEqual(whole.ToString(), merged.ToString());
    }

    [TestMethod]
    public void Add_OfPermutedPixels_CountsTheSame()
    {
        (uint[] labels, uint[] predictions) = RandomMasks(5_000, classes: 4, seed: 5);
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        new Random(6).Shuffle(order);
        PixelConfusionMatrix before = new(4), after = new(4);
        before.Add(labels, predictions);
        after.Add([.. order.Select(i => labels[i])], [.. order.Select(i => predictions[i])]);
        Assert.AreEqual(before.ToString(), after.ToString());
    }

    [TestMethod]
    public void Add_OfMoreThanAnInt32_DoesNotOverflow()
    {
        uint[] ones = [.. Enumerable.Repeat(1u, 1 << 20)];
        var matrix = new PixelConfusionMatrix(1);
        matrix.Add(ones, ones);
        for (int doubling = 0; doubling < 13; doubling++) matrix.Merge(matrix);
        Assert.AreEqual(1L << 33, matrix[0, 0]);
    }

    [TestMethod]
    public void Add_OfIgnoredLabels_CountsNowhere()
    {
        var matrix = new PixelConfusionMatrix(2);
        matrix.Add(new uint[20], [.. Enumerable.Range(0, 20).Select(i => (uint)i % 3)]);
        Assert.AreEqual(0, matrix.LabeledPixels);
        Assert.AreEqual(0, matrix.PredictedPixels(0));
    }

    [TestMethod]
    public void Add_OfOtherLengths_Throws()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new PixelConfusionMatrix(2).Add([1, 2], [1]));
        StringAssert.Contains(error.Message, "2 labels and 1 predictions");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(17)]
    [DataRow(39)]
    public void Add_OfAKeyAboveTheClasses_ThrowsAndCountsNothing(int position)
    {
        uint[] good = [.. Enumerable.Repeat(2u, 40)], bad = [.. good];
        bad[position] = 3;
        var matrix = new PixelConfusionMatrix(2);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => matrix.Add(bad, good));
        Assert.AreEqual("labels", error.ParamName);
        StringAssert.Contains(error.Message, $"Pixel {position} has the key 3 (class 2), expected 0 (no class) to 2");
        error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => matrix.Add(good, bad));
        Assert.AreEqual("predictions", error.ParamName);
        Assert.AreEqual(0, matrix.LabeledPixels);
    }

    [TestMethod]
    public void Merge_OfMorePixelsThanCanBeSummed_ThrowsAndAddsNothing()
    {
        PixelConfusionMatrix large = new(2), other = new(2);
        large.Add(0, 0, PixelConfusionMatrix.MostPixels - 1);
        other.Add(1, -1, 2);

        Assert.ThrowsExactly<ArgumentException>(() => large.Merge(other));

        Assert.AreEqual(PixelConfusionMatrix.MostPixels - 1, large.LabeledPixels);
    }

    [TestMethod]
    public void Merge_OfOtherClasses_Throws() =>
        Assert.ThrowsExactly<ArgumentException>(() => new PixelConfusionMatrix(2).Merge(new PixelConfusionMatrix(3)));

    [TestMethod]
    [DataRow(0)]
    [DataRow(4097)]
    public void Constructor_OfAnotherNumberOfClasses_Throws(int classes) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new PixelConfusionMatrix(classes));

    [TestMethod]
    public void Indexer_OfNoClass_Throws()
    {
        var matrix = new PixelConfusionMatrix(2);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => matrix[2, 0]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => matrix[0, -1]);
    }

    [TestMethod]
    public void ToString_OfTheWorkedExample_IsATable()
    {
        string[] expected =
        [
            "label \\ predicted  a  b  c  (none)",
            "a                  4  1  1       0",
            "b                  0  3  0       1",
            "c                  1  0  3       0",
        ];
        Assert.AreEqual(string.Join(Environment.NewLine, expected), WorkedExample.Count().ToString(WorkedExample.ClassNames));
        StringAssert.StartsWith(WorkedExample.Count().ToString(), "label \\ predicted  0  1  2  (none)");
    }

    /// <summary>Masks of runs of 1 to 40 equal pixels, as real ones are, so that both ways of counting are taken.</summary>
    private static (uint[] Labels, uint[] Predictions) RandomMasks(int pixels, int classes, int seed)
    {
        var random = new Random(seed);
        uint[] Mask()
        {
            uint[] mask = new uint[pixels];
            for (int start = 0; start < pixels;)
            {
                int end = Math.Min(pixels, start + random.Next(1, 41));
                mask.AsSpan(start..end).Fill((uint)random.Next(classes + 1));
                start = end;
            }
            return mask;
        }
        return (Mask(), Mask());
    }

    private static Dictionary<(uint, uint), long> Naive(uint[] labels, uint[] predictions, int classes)
    {
        var counts = new Dictionary<(uint, uint), long>();
        for (uint label = 1; label <= classes; label++)
            for (uint prediction = 0; prediction <= classes; prediction++) counts[(label, prediction)] = 0;
        foreach (var pair in labels.Zip(predictions))
            if (pair.First != 0) counts[pair]++;
        return counts;
    }

    private static void AssertEqual(Dictionary<(uint Label, uint Prediction), long> expected, PixelConfusionMatrix matrix)
    {
        foreach (var (key, count) in expected)
        {
            int label = (int)key.Label - 1;
            Assert.AreEqual(count, key.Prediction == 0 ? matrix.Unassigned(label) : matrix[label, (int)key.Prediction - 1]);
        }
    }
}
