namespace MLSegmentation.Tests;

[TestClass]
public sealed class SegmentationMetricsTest
{
    private const double Tolerance = 1e-15;

    [TestMethod]
    public void Constructor_OfTheWorkedExample_GivesTheValuesWorkedByHand()
    {
        var metrics = new SegmentationMetrics(WorkedExample.Count(), WorkedExample.ClassNames);

        // 4 + 3 + 3 right of 14.
        Assert.AreEqual(10.0 / 14, metrics.PixelAccuracy, Tolerance);
        // (4/6 + 3/4 + 3/4) / 3 = 13/18; the pixel of b that got no class counts against b.
        Assert.AreEqual(13.0 / 18, metrics.MeanAccuracy, Tolerance);
        // a: 4 / (6 + 5 - 4), b: 3 / (4 + 4 - 3), c: 3 / (4 + 4 - 3); (4/7 + 3/5 + 3/5) / 3 = 62/105.
        Assert.AreEqual(4.0 / 7, metrics.PerClass[0].IoU!.Value, Tolerance);
        Assert.AreEqual(3.0 / 5, metrics.PerClass[1].IoU!.Value, Tolerance);
        Assert.AreEqual(3.0 / 5, metrics.PerClass[2].IoU!.Value, Tolerance);
        Assert.AreEqual(62.0 / 105, metrics.MeanIoU, Tolerance);
        // (6 * 4/7 + 4 * 3/5 + 4 * 3/5) / 14 = 144/245.
        Assert.AreEqual(144.0 / 245, metrics.FrequencyWeightedIoU, Tolerance);
        // 2 * 4 / (6 + 5), 2 * 3 / (4 + 4) twice.
        Assert.AreEqual(8.0 / 11, metrics.PerClass[0].Dice!.Value, Tolerance);
        Assert.AreEqual(6.0 / 8, metrics.PerClass[1].Dice!.Value, Tolerance);
        Assert.AreEqual(6.0 / 8, metrics.PerClass[2].Dice!.Value, Tolerance);

        Assert.AreEqual("a", metrics.PerClass[0].Name);
        Assert.AreEqual(6, metrics.PerClass[0].LabelPixels);
        Assert.AreEqual(5, metrics.PerClass[0].PredictedPixels);
        Assert.AreEqual(4.0 / 6, metrics.PerClass[0].Recall!.Value, Tolerance);
        Assert.AreEqual(4.0 / 5, metrics.PerClass[0].Precision!.Value, Tolerance);
        Assert.IsNull(metrics.MeanImageIoU);
        Assert.IsNull(metrics.BoundaryIoU);
    }

    [TestMethod]
    public void Constructor_OfAPerfectPrediction_GivesOne()
    {
        var metrics = Measure(WorkedExample.Labels, WorkedExample.Labels, 3);
        Assert.AreEqual(1.0, metrics.PixelAccuracy);
        Assert.AreEqual(1.0, metrics.MeanAccuracy);
        Assert.AreEqual(1.0, metrics.MeanIoU);
        Assert.AreEqual(1.0, metrics.FrequencyWeightedIoU);
        Assert.IsTrue(metrics.PerClass.All(one => one is { IoU: 1.0, Dice: 1.0, Recall: 1.0, Precision: 1.0 }));
    }

    [TestMethod]
    public void Constructor_WhereNothingIsRight_GivesZero()
    {
        var metrics = Measure([1, 1, 2, 2], [2, 0, 1, 0], 2);
        Assert.AreEqual(0.0, metrics.PixelAccuracy);
        Assert.AreEqual(0.0, metrics.MeanAccuracy);
        Assert.AreEqual(0.0, metrics.MeanIoU);
        Assert.AreEqual(0.0, metrics.FrequencyWeightedIoU);
    }

    [TestMethod]
    public void Constructor_WithAClassAbsentFromBoth_LeavesItOutOfTheMeans()
    {
        // a: 2 of 2 labelled, 3 predicted, IoU 2/3. b: 1 of 2 labelled, 1 predicted, IoU 1/2. c is in neither.
        var metrics = Measure([1, 1, 2, 2], [1, 1, 2, 1], 3);
        Assert.IsTrue(metrics.PerClass[2].IsAbsent);
        Assert.IsNull(metrics.PerClass[2].IoU);
        Assert.IsNull(metrics.PerClass[2].Dice);
        Assert.IsNull(metrics.PerClass[2].Recall);
        Assert.AreEqual((2.0 / 3 + 1.0 / 2) / 2, metrics.MeanIoU, Tolerance);
        Assert.AreEqual((1.0 + 1.0 / 2) / 2, metrics.MeanAccuracy, Tolerance);
        StringAssert.Contains(metrics.ToString(), "absent");
    }

    [TestMethod]
    public void Constructor_WithAClassPredictedButNotLabelled_CountsItsIoUAsZero()
    {
        // a: 3 of 4 labelled, IoU 3/4. b is predicted once and labelled nowhere: IoU 0, no accuracy.
        var metrics = Measure([1, 1, 1, 1], [1, 1, 1, 2], 2);
        Assert.IsFalse(metrics.PerClass[1].IsAbsent);
        Assert.AreEqual(0.0, metrics.PerClass[1].IoU);
        Assert.AreEqual(0.0, metrics.PerClass[1].Dice);
        Assert.IsNull(metrics.PerClass[1].Recall);
        Assert.AreEqual(0.75 / 2, metrics.MeanIoU, Tolerance);
        Assert.AreEqual(0.75, metrics.MeanAccuracy, Tolerance);
        Assert.AreEqual(0.75, metrics.FrequencyWeightedIoU, Tolerance);
    }

    [TestMethod]
    public void Constructor_WithAClassPredictedOnIgnoredPixelsOnly_LeavesItAbsent()
    {
        var metrics = Measure([1, 1, 0], [1, 1, 2], 2);
        Assert.IsTrue(metrics.PerClass[1].IsAbsent);
        Assert.AreEqual(1.0, metrics.MeanIoU);
    }

    [TestMethod]
    public void Constructor_OfRandomMasks_EqualsTheDefinitionsOverSetsOfPixels()
    {
        const int Classes = 6;
        var random = new Random(7);
        for (int round = 0; round < 20; round++)
        {
            // Class 6 is never labelled and class 5 never predicted.
            uint[] labels = [.. Enumerable.Range(0, 300).Select(_ => (uint)random.Next(0, 6))];
            uint[] predictions = [.. labels.Select(label => random.Next(3) > 0 && label != 5 ? label : (uint)random.Next(7) % 5)];
            var metrics = Measure(labels, predictions, Classes);

            HashSet<int> Where(uint[] mask, uint key) =>
                [.. Enumerable.Range(0, 300).Where(i => labels[i] != 0 && mask[i] == key)];
            var ious = new List<double>();
            var recalls = new List<double>();
            for (uint key = 1; key <= Classes; key++)
            {
                HashSet<int> label = Where(labels, key), prediction = Where(predictions, key);
                int intersection = label.Intersect(prediction).Count(), union = label.Union(prediction).Count();
                ClassMetrics one = metrics.PerClass[(int)key - 1];
                Assert.AreEqual(union == 0, one.IsAbsent);
                if (union == 0) continue;
                ious.Add((double)intersection / union);
                Assert.AreEqual(ious[^1], one.IoU!.Value, Tolerance);
                Assert.AreEqual(2.0 * intersection / (label.Count + prediction.Count), one.Dice!.Value, Tolerance);
                if (prediction.Count == 0) Assert.IsNull(one.Precision);
                else Assert.AreEqual((double)intersection / prediction.Count, one.Precision!.Value, Tolerance);
                if (label.Count == 0) continue;
                recalls.Add((double)intersection / label.Count);
                Assert.AreEqual(recalls[^1], one.Recall!.Value, Tolerance);
            }
            Assert.AreEqual(ious.Average(), metrics.MeanIoU, Tolerance);
            Assert.AreEqual(recalls.Average(), metrics.MeanAccuracy, Tolerance);
        }
    }

    [TestMethod]
    public void Constructor_OfPixelsIgnoredAltogether_Throws()
    {
        var matrix = new PixelConfusionMatrix(2);
        matrix.Add([0, 0], [1, 2]);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => new SegmentationMetrics(matrix, ["a", "b"]));
        StringAssert.Contains(error.Message, "no labelled pixel");
    }

    [TestMethod]
    public void Constructor_OfOtherNames_Throws() =>
        Assert.ThrowsExactly<ArgumentException>(() => new SegmentationMetrics(WorkedExample.Count(), ["a", "b"]));

    [TestMethod]
    public void Constructor_OfCountsThatGrowLater_KeepsItsOwn()
    {
        PixelConfusionMatrix matrix = WorkedExample.Count();
        var metrics = new SegmentationMetrics(matrix, WorkedExample.ClassNames);
        matrix.Add([1], [1]);
        Assert.AreEqual(14, metrics.ConfusionMatrix.LabeledPixels);
    }

    [TestMethod]
    public void ToString_OfTheWorkedExample_IsATable()
    {
        string[] expected =
        [
            "class     IoU    Dice  precision  recall  label pixels  predicted pixels",
            "a      0.5714  0.7273     0.8000  0.6667             6                 5",
            "b      0.6000  0.7500     0.7500  0.7500             4                 4",
            "c      0.6000  0.7500     0.7500  0.7500             4                 4",
            "",
            "mean IoU                0.5905",
            "pixel accuracy          0.7143",
            "mean accuracy           0.7222",
            "frequency-weighted IoU  0.5878",
        ];
        Assert.AreEqual(
            string.Join(Environment.NewLine, expected),
            new SegmentationMetrics(WorkedExample.Count(), WorkedExample.ClassNames).ToString());
    }

    private static SegmentationMetrics Measure(uint[] labels, uint[] predictions, int classes)
    {
        var matrix = new PixelConfusionMatrix(classes);
        matrix.Add(labels, predictions);
        return new SegmentationMetrics(matrix, [.. "abcdef".Take(classes).Select(name => name.ToString())]);
    }
}
