namespace MLSegmentation.Tests;

[TestClass]
public sealed class ResizeAxesTest
{
    [TestMethod]
    public void For_SizesThatTakePlacesFromEachOther_AreThoseOfEach()
    {
        for (int size = 2; size < 40; size++)
        {
            for (int turn = 0; turn < 2; turn++)
            {
                var axes = ResizeAxes.For(size, 40, 7, size);

                Assert.AreEqual((size, 40, 7, size), (axes.SourceWidth, axes.SourceHeight, axes.Width, axes.Height));
                Check(axes.Horizontal, size, 7);
                Check(axes.Vertical, 40, size);
            }
        }
    }

    [TestMethod]
    public void For_SizesOfTheLastImage_AreMadeOnce() =>
        Assert.AreSame(ResizeAxes.For(480, 360, 512, 384), ResizeAxes.For(480, 360, 512, 384));

    [TestMethod]
    public void For_VeryLargeImage_IsNotKept() =>
        Assert.AreNotSame(ResizeAxes.For(100_000, 8, 512, 8), ResizeAxes.For(100_000, 8, 512, 8));

    private static void Check(ResizeWeights? actual, int source, int destination)
    {
        if (source == destination)
        {
            Assert.IsNull(actual);
            return;
        }
        var expected = new ResizeWeights(source, destination);
        for (int i = 0; i < destination; i++)
        {
            Assert.AreEqual(expected.First(i), actual!.First(i));
            CollectionAssert.AreEqual(expected.Of(i).ToArray(), actual.Of(i).ToArray());
        }
    }
}
