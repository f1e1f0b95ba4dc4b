namespace MLSegmentation.Tests;

[TestClass]
public sealed class LabelReviewTest
{
    private const int Side = 12;

    [TestMethod]
    public void Find_ModelAgrees_SuspectsNothing()
    {
        uint[] label = Mask();
        Paint(label, 2, 2, 4, 4, 2);
        var (suspects, regions) = Find(label, label, 1);
        Assert.IsEmpty(suspects);
        Assert.AreEqual(2, regions);
    }

    [TestMethod]
    public void Find_ErasedRegion_IsThePartThatTheModelSees()
    {
        uint[] label = Mask(), prediction = Mask();
        Paint(prediction, 5, 4, 3, 2, 2);

        SuspectRegion suspect = Find(label, prediction, 0.9f).Suspects.Single();

        // Six pixels far from any border with an evidence of 2 * 0.9 - 1 = 0.8 each: 0.8 * ln(1 + 4.8).
        Assert.AreEqual(0.8 * Math.Log(5.8), suspect.Score, 1e-6);
        Assert.AreEqual(
            new SuspectRegion(0, 1, Side * Side, 6, 5, 4, 3, 2, suspect.Score), suspect);
    }

    [TestMethod]
    public void Find_SwappedRegion_ComesBeforeAMovedBorder()
    {
        uint[] label = Mask(), prediction = Mask();
        Paint(label, 0, 0, 5, 5, 2);
        Paint(prediction, 0, 0, 5, 5, 3);
        Paint(label, 7, 7, 5, 5, 2);
        Paint(prediction, 7, 8, 5, 4, 2);

        var (suspects, regions) = Find(label, prediction, 0.9f);

        Assert.AreEqual(3, regions);
        Assert.AreSequenceEqual([2, 0], suspects.Select(one => one.Suggested));
        Assert.AreEqual((25, 25), (suspects[0].Pixels, suspects[0].SuspectPixels));
        Assert.AreEqual((7, 7, 5, 1), (suspects[1].Left, suspects[1].Top, suspects[1].Width, suspects[1].Height));
    }

    [TestMethod]
    public void Find_BesideABorder_CountsAQuarter()
    {
        // The right half is of another class; the model sees it one column further to the left.
        uint[] label = Mask(), prediction = Mask();
        Paint(label, 6, 0, 6, Side, 2);
        Paint(prediction, 5, 0, 7, Side, 2);

        double sum = Side * 0.25;
        Assert.AreEqual(0.25 * Math.Log(1 + sum), Find(label, prediction, 1).Suspects.Single().Score, 1e-6);
    }

    [TestMethod]
    public void Find_UnsureModelAndIgnoredLabel_SuspectNothing()
    {
        uint[] label = Mask(), prediction = Mask();
        Paint(prediction, 5, 4, 3, 2, 2);
        Assert.IsEmpty(Find(label, prediction, 0.5f).Suspects);
        Paint(label, 4, 3, 6, 6, 0);
        Assert.IsEmpty(Find(label, prediction, 1).Suspects);
    }

    [TestMethod]
    public void Find_RegionOfFewerPixels_IsPassedOver()
    {
        uint[] label = Mask(), prediction = Mask();
        Paint(label, 2, 2, 2, 2, 2);
        var (suspects, regions) = LabelReview.Find(label, prediction, Confidence(1), Side, Side, leastPixels: 5);
        Assert.IsEmpty(suspects);
        Assert.AreEqual(1, regions);
    }

    private static (IReadOnlyList<SuspectRegion> Suspects, int Regions) Find(uint[] label, uint[] prediction, float confidence) =>
        LabelReview.Find(label, prediction, Confidence(confidence), Side, Side);

    private static float[] Confidence(float value) => [.. Enumerable.Repeat(value, Side * Side)];

    private static uint[] Mask() => [.. Enumerable.Repeat(1u, Side * Side)];

    private static void Paint(uint[] mask, int left, int top, int width, int height, uint key)
    {
        for (int y = top; y < top + height; y++) mask.AsSpan((y * Side) + left, width).Fill(key);
    }
}
