using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class CollapseWatchTest
{
    private const int Side = 32;
    private static readonly string[] _names = ["background", "scratch", "pit"];

    /// <summary>By hand: gone is a class of 1 % and more that is given to less than a tenth of as many pixels.</summary>
    [TestMethod]
    [DataRow(new[] { 0.9, 0.08, 0.02 }, new[] { 0.9, 0.05, 0.05 }, "", null)]
    [DataRow(new[] { 0.95, 0.05, 0.0049 }, new[] { 0.9, 0.05, 0.05 }, "2", null, DisplayName = "0.05 / 10 is 0.005")]
    [DataRow(new[] { 0.95, 0.05, 0.0051 }, new[] { 0.9, 0.05, 0.05 }, "", null)]
    [DataRow(new[] { 0.95, 0.05, 0.0 }, new[] { 0.94, 0.051, 0.009 }, "", null,
        DisplayName = "a rare class may be gone by chance")]
    [DataRow(new[] { 0.991, 0.009, 0.0 }, new[] { 0.9, 0.05, 0.05 }, "2", 0, DisplayName = "0.1 / 10 is 0.01")]
    [DataRow(new[] { 1.0, 0.0, 0.0 }, new[] { 0.994, 0.003, 0.003 }, "", 0,
        DisplayName = "one class everywhere, the others rare")]
    [DataRow(new[] { 1.0, 0.0, 0.0 }, new[] { 1.0, 0.0, 0.0 }, "", null, DisplayName = "one class in the labels")]
    public void GoneClasses_Parts_AreJudged(double[] predicted, double[] labelled, string expected, int? most)
    {
        int[] gone = CollapseWatch.GoneClasses(predicted, labelled, out int? everywhere);

        Assert.AreEqual((expected, most), (string.Join(' ', gone), everywhere));
    }

    [TestMethod]
    public void Find_OneClassEverywhere_IsSaidAfterBatchesAndAPartOfTheTraining()
    {
        using var scope = NewDisposeScope();
        var watch = new CollapseWatch(_names, CPU);

        See(watch, CollapseWatch.LeastBatches - 1, 0, 0, 0, 1);
        Assert.IsNull(watch.Find(0.5));
        See(watch, 1, 0, 0, 0, 1);
        Assert.IsNull(watch.Find(0.04));
        Assert.Contains("the class background", watch.Find(0.06)!);
    }

    [TestMethod]
    public void Find_FrequentClassGone_IsSaidAfterThreeTenths()
    {
        using var scope = NewDisposeScope();
        var watch = new CollapseWatch(_names, CPU);
        See(watch, CollapseWatch.LeastBatches, 0, 1, 2, 1);

        Assert.IsNull(watch.Find(0.29));
        Assert.Contains("the class pit", watch.Find(0.31)!);
    }

    /// <summary>One row of 64 pixels has the class: 1 / 32 of them is rarer than what a model must not lack.</summary>
    [TestMethod]
    public void Find_RareClassGone_IsNoCollapse()
    {
        using var scope = NewDisposeScope();
        var watch = new CollapseWatch(_names, CPU);
        Tensor best = cat([zeros([1, 64, 64], int64), ones([1, 64, 64], int64)], 1);
        Tensor labels = best.clone();
        labels[0, TensorIndex.Slice(0, 4)] = 2;
        for (int i = 0; i < CollapseWatch.LeastBatches; i++) watch.See(best, labels);

        Assert.IsNull(watch.Find(0.9));
    }

    /// <summary>0.4 % of defects are learnt late in every training: a twentieth of it tells nothing.</summary>
    [TestMethod]
    public void Find_OneClassEverywhereBesideAVeryRareOne_WaitsForThreeTenths()
    {
        using var scope = NewDisposeScope();
        var watch = new CollapseWatch(_names, CPU);
        Tensor best = zeros([1, 64, 64], int64), labels = best.clone();
        labels[0, 0, 0] = 1;
        for (int i = 0; i < CollapseWatch.LeastBatches; i++) watch.See(best, labels);

        Assert.IsNull(watch.Find(0.29));
        Assert.Contains("the class background", watch.Find(0.31)!);
    }

    /// <summary>Pixels by hand: 5 % and more gone is a collapse, 1 % to 5 % is worth a word, less may be chance.</summary>
    [TestMethod]
    [DataRow(900, 100, 0, 0, null, null, DisplayName = "all there")]
    [DataRow(900, 41, 59, 0, "the class pit", null)]
    [DataRow(900, 80, 20, 0, null, "the class pit")]
    [DataRow(900, 95, 5, 0, null, null)]
    [DataRow(900, 0, 0, 100, "nearly every pixel is given the class background", null)]
    public void Judge_PixelsOfAModel_TellWhatIsMissing(
        int background, int scratch, int missedPit, int missedScratch, string? collapse, string? note)
    {
        using var scope = NewDisposeScope();
        var matrix = new PixelConfusionMatrix(3);
        matrix.Add(0, 0, background);
        matrix.Add(1, 1, scratch);
        matrix.Add(2, 1, missedPit);
        matrix.Add(1, 0, missedScratch);

        MissingClasses missing = new CollapseWatch(_names, CPU).Judge(matrix);

        if (collapse is null) Assert.IsNull(missing.Collapse); else StringAssert.Contains(missing.Collapse, collapse);
        if (note is null) Assert.IsNull(missing.Note); else StringAssert.Contains(missing.Note, note);
    }

    /// <summary>Half of the batches have the class: what counts is the average.</summary>
    [TestMethod]
    public void Find_ClassComesBack_IsNothing()
    {
        using var scope = NewDisposeScope();
        var watch = new CollapseWatch(_names, CPU);
        See(watch, CollapseWatch.LeastBatches, 0, 0, 0, 1);
        See(watch, 32, 0, 1, 0, 1);

        Assert.IsNull(watch.Find(1));
    }

    [TestMethod]
    public void Mend_Collapsed_BeginsAnew()
    {
        using var scope = NewDisposeScope();
        var watch = new CollapseWatch(_names, CPU);
        See(watch, CollapseWatch.LeastBatches, 0, 0, 0, 1);
        watch.Mend();

        Assert.IsTrue(watch.IsMended);
        Assert.IsNull(watch.Find(0.9));
        See(watch, CollapseWatch.LeastBatches, 0, 0, 0, 1);
        Assert.IsNotNull(watch.Find(0.9));
    }

    [TestMethod]
    public void See_IgnoredPixels_CountNowhere()
    {
        using var scope = NewDisposeScope();
        var watch = new CollapseWatch(_names, CPU);
        See(watch, 16, 0, 1, 0, TrainingSample.Ignored);

        CollectionAssert.AreEqual(new[] { 1.0, 0, 0 }, watch.Counts.Predicted);
        CollectionAssert.AreEqual(new[] { 1.0, 0, 0 }, watch.Counts.Labelled);
    }

    /// <summary>As a checkpoint keeps it: between two looks at the device too.</summary>
    [TestMethod]
    public void Counts_PutIntoAnother_GoOnAlike()
    {
        using var scope = NewDisposeScope();
        CollapseWatch one = new(_names, CPU), other = new(_names, CPU);
        See(one, 20, 0, 1, 0, 1);
        other.Counts = one.Counts;
        See(one, 12, 0, 2, 2, 1);
        See(other, 12, 0, 2, 2, 1);

        CollectionAssert.AreEqual(one.Counts.Predicted, other.Counts.Predicted);
        CollectionAssert.AreEqual(one.Counts.Labelled, other.Counts.Labelled);
        Assert.AreEqual(32, other.Counts.Batches);
    }

    [TestMethod]
    public void Counts_OfOtherClasses_AreRefused()
    {
        using var scope = NewDisposeScope();
        var watch = new CollapseWatch(_names, CPU);

        Assert.ThrowsExactly<InvalidDataException>(() => watch.Counts = new CollapseWatch(["a", "b"], CPU).Counts);
    }

    /// <summary>Images whose upper half is given and has one class, and whose lower half another.</summary>
    private static void See(CollapseWatch watch, int batches, int givenAbove, int givenBelow, int hasAbove, int hasBelow)
    {
        Tensor Halves(int above, int below) =>
            cat([full([1, Side / 2, Side], above, int64), full([1, Side / 2, Side], below, int64)], 1);
        for (int i = 0; i < batches; i++) watch.See(Halves(givenAbove, givenBelow), Halves(hasAbove, hasBelow));
    }
}
