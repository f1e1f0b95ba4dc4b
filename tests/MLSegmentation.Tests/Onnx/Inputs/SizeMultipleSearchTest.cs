namespace MLSegmentation.Tests;

/// <summary>Networks as functions from an image's side to that of the scores; null where they fail.</summary>
[TestClass]
public sealed class SizeMultipleSearchTest
{
    private static readonly Dictionary<string, (Func<int, long?> Side, int Multiple)> _networks = new()
    {
        ["any size"] = (side => side, 1),
        ["a quarter, rounded up, as SegFormer"] = (side => (side + 3) / 4, 1),
        ["a 32nd, rounded down"] = (side => side / 32, 1),
        ["twice as large"] = (side => 2 * side, 1),
        ["a fixed size"] = (_ => 512, 1),
        ["no size"] = (_ => null, 1),
        ["multiples of 2"] = (side => side % 2 == 0 ? side : null, 2),
        ["multiples of 16"] = (side => side % 16 == 0 ? side : null, 16),
        ["multiples of 32"] = (side => side % 32 == 0 ? side : null, 32),
        ["multiples of 64"] = (side => side % 64 == 0 ? side : null, 64),
        ["multiples of 128"] = (side => side % 128 == 0 ? side : null, 128),
        ["multiples of 256"] = (side => side % 256 == 0 ? side : null, 1),
        ["multiples of 8, halved"] = (side => side % 8 == 0 ? side / 2 : null, 8),
        ["rounded down to multiples of 32"] = (side => side / 32 * 32, 32),
        ["rounded up to multiples of 8"] = (side => (side + 7) / 8 * 8, 8),
        ["rounded up to multiples of 32, halved"] = (side => (side + 31) / 32 * 16, 32),
        ["64 alone"] = (side => side == 64 ? side : null, 1),
        ["at least 70"] = (side => side >= 70 ? side : null, 1),
        ["at least 200"] = (side => side >= 200 ? side : null, 1),
        ["at least 70, multiples of 32"] = (side => side >= 70 && side % 32 == 0 ? side : null, 32),
    };

    private static IEnumerable<object[]> Networks => _networks.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void Find_Network_IsTheLeastMultipleThatItTakes(string name)
    {
        (Func<int, long?> side, int expected) = _networks[name];

        Assert.AreEqual(expected, Find(null, null, (height, width) => (side(height), side(width))));
        Assert.AreEqual(expected, Find(48, null, (height, width) => (height == 48 ? 48 : null, side(width))));
    }

    [TestMethod]
    public void Find_SizesThatDifferDownAndAcross_IsGoodForBoth() =>
        Assert.AreEqual(
            16, Find(null, null, (height, width) => (height % 4 == 0 ? height : null, width % 16 == 0 ? width : null)));

    [TestMethod]
    public void Find_NetworkOfAnySize_IsTriedOnce()
    {
        int tries = 0;

        int found = SizeMultipleSearch.Find(null, null, (height, width) =>
        {
            tries++;
            return (height, width);
        });

        Assert.AreEqual((1, 1), (found, tries));
    }

    [TestMethod]
    public void Find_NetworkThatTakesNoSmallImage_IsTriedAFewTimes()
    {
        var tried = new List<int>();

        SizeMultipleSearch.Find(null, null, (height, width) =>
        {
            tried.Add(Math.Max(height, width));
            return null;
        });

        CollectionAssert.AreEqual(new[] { 65, 64, 128 }, tried);
    }

    private static int Find(int? height, int? width, Func<int, int, (long? Height, long? Width)> scores) =>
        SizeMultipleSearch.Find(height, width, (tall, wide) => scores(tall, wide) is ({ } rows, { } columns)
            ? (rows, columns)
            : null);
}
