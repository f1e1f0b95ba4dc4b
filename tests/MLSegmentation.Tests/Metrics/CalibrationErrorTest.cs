namespace MLSegmentation.Tests;

[TestClass]
public sealed class CalibrationErrorTest
{
    [TestMethod]
    public void Value_OfFivePixels_IsAsWorkedByHand()
    {
        var error = new CalibrationError();
        // Four of 0.95, three right; one of 0.5, right; one that is ignored: (|3 - 3.8| + |1 - 0.5|) / 5.
        error.Add([1, 1, 2, 2, 1, 0], [1, 1, 2, 1, 1, 2], [0.95f, 0.95f, 0.95f, 0.95f, 0.5f, 0.1f]);
        Assert.AreEqual(0.26, error.Value!.Value, 1e-7);
    }

    [TestMethod]
    public void Value_OfManyPixelsInParts_IsThatOfTheDefinition()
    {
        var random = new Random(11);
        uint[] labels = [.. Enumerable.Range(0, 5000).Select(_ => (uint)random.Next(3))];
        uint[] predictions = [.. labels.Select(label => random.Next(3) == 0 ? (uint)random.Next(3) : label)];
        // Multiples of 1/30 lie on the ends of bins too.
        float[] confidences = [.. labels.Select((_, i) => i % 2 == 0 ? random.NextSingle() : random.Next(31) / 30f)];
        var error = new CalibrationError();
        foreach (Range part in new[] { ..100, 100..3001, 3001.. })
            error.Add(labels.AsSpan(part), predictions.AsSpan(part), confidences.AsSpan(part));

        int[] labelled = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] != 0)];
        double expected = 0;
        for (int bin = 1; bin <= 15; bin++)
        {
            int[] of =
                [.. labelled.Where(
                    i => (confidences[i] * 15.0 > bin - 1 && confidences[i] * 15.0 <= bin) || (bin == 1 && confidences[i] == 0))];
            if (of.Length == 0) continue;
            double accuracy = of.Average(i => labels[i] == predictions[i] ? 1.0 : 0),
                confidence = of.Average(i => (double)confidences[i]);
            expected += (double)of.Length / labelled.Length * Math.Abs(accuracy - confidence);
        }
        Assert.AreEqual(expected, error.Value!.Value, 1e-12);
    }

    [TestMethod]
    public void Value_WithoutALabelledPixel_IsNull()
    {
        var error = new CalibrationError();
        error.Add([0], [1], [0.5f]);
        Assert.IsNull(error.Value);
    }

    [TestMethod]
    [DataRow(-0.1f)]
    [DataRow(1.1f)]
    [DataRow(float.NaN)]
    public void Add_OfNoProbability_SaysWhich(float confidence) => StringAssert.Contains(
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => new CalibrationError().Add([1, 1], [1, 1], [0.5f, confidence])).Message, "Pixel 1");
}
