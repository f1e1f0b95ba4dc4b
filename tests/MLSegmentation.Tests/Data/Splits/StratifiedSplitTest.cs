namespace MLSegmentation.Tests;

[TestClass]
public sealed class StratifiedSplitTest
{
    private static readonly double[] _fractions = [0.8, 0.1, 0.1];

    [TestMethod]
    public void Assign_RareClass_IsInEveryPartByItsShare()
    {
        // Class 0 is in all of 100 images, class 1 in ten, class 2 in three of the others.
        IReadOnlyCollection<int>[] classes =
            [.. Enumerable.Range(0, 100).Select(image => image < 10 ? [0, 1] : image < 13 ? [0, 2] : (int[])[0])];
        for (int seed = 0; seed < 20; seed++)
        {
            int[] parts = StratifiedSplit.Assign(classes, [.. Enumerable.Range(0, 100)], _fractions, seed);
            int[] Count(int index) => [.. Enumerable.Range(0, 3).Select(
                part => parts.Index().Count(one => one.Item == part && classes[one.Index].Contains(index)))];
            Assert.AreSequenceEqual([80, 10, 10], Count(0), $"seed {seed}");
            Assert.AreSequenceEqual([8, 1, 1], Count(1), $"seed {seed}");
            Assert.AreEqual(3, Count(2).Sum());
        }
    }

    [TestMethod]
    public void Assign_Groups_StayTogether()
    {
        int[] groups = [.. Enumerable.Range(0, 60).Select(image => image / 4)];
        IReadOnlyCollection<int>[] classes = [.. Enumerable.Range(0, 60).Select(image => (int[])[image % 3])];

        int[] parts = StratifiedSplit.Assign(classes, groups, _fractions, seed: 3);

        Assert.IsTrue(groups.Zip(parts).GroupBy(one => one.First).All(group => group.Distinct().Count() == 1));
        Assert.AreSequenceEqual([0, 1, 2], parts.Distinct().Order());
    }

    [TestMethod]
    public void Assign_Seed_DecidesTheParts()
    {
        IReadOnlyCollection<int>[] classes = [.. Enumerable.Repeat<int[]>([0], 50)];
        int[] groups = [.. Enumerable.Range(0, 50)];
        int[] first = StratifiedSplit.Assign(classes, groups, _fractions, 1);

        Assert.AreSequenceEqual(first, StratifiedSplit.Assign(classes, groups, _fractions, 1));
        Assert.IsFalse(first.SequenceEqual(StratifiedSplit.Assign(classes, groups, _fractions, 2)));
    }

    [TestMethod]
    public void Assign_AsManyGroupsAsParts_LeavesNoneEmpty() => Assert.AreSequenceEqual(
        [0, 1, 2], StratifiedSplit.Assign([[0], [0], [0, 1]], [0, 1, 2], _fractions, 5).Order());

    [TestMethod]
    public void Assign_FewerGroupsThanParts_IsAnError() => Assert.Contains(
        "2 groups", Assert.ThrowsExactly<InvalidDataException>(
            () => StratifiedSplit.Assign([[0], [0], [0]], [0, 0, 2], _fractions, 5)).Message);

    [TestMethod]
    public void Assign_ImagesWithoutClasses_AreSharedToo()
    {
        int[] parts = StratifiedSplit.Assign(
            [.. Enumerable.Repeat<int[]>([], 20)], [.. Enumerable.Range(0, 20)], _fractions, 1);
        Assert.AreSequenceEqual([16, 2, 2], Enumerable.Range(0, 3).Select(part => parts.Count(one => one == part)));
    }
}
