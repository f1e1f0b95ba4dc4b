namespace MLSegmentation.Tests;

[TestClass]
public sealed class SessionThreadsTest
{
    /// <summary>
    /// All runs together never have more threads than there are cores: each its caller's and a share of the others.
    /// </summary>
    [TestMethod]
    [DataRow(1, 1, 1, 1, 1)]
    [DataRow(2, 2, 1, 1, 2)]
    [DataRow(4, 2, 3, 1, 4)]
    [DataRow(8, 2, 7, 2, 7)]
    [DataRow(16, 4, 13, 4, 13)]
    public void For_Cores_SharesThemOut(int cores, int smallRuns, int smallThreads, int largeRuns, int largeThreads)
    {
        Assert.AreEqual(new SessionThreads(smallThreads, smallRuns), SessionThreads.For(224, 224, null, cores));
        Assert.AreEqual(new SessionThreads(largeThreads, largeRuns), SessionThreads.For(512, 512, null, cores));
        Assert.AreEqual(new SessionThreads(largeThreads, largeRuns), SessionThreads.For(null, 224, null, cores));
    }

    [TestMethod]
    [DataRow(362, 362, 2)]
    [DataRow(363, 362, 1)]
    [DataRow(65_536, 65_536, 1)]
    public void For_Pixels_DecideOverRuns(int height, int width, int runs) =>
        Assert.AreEqual(runs, SessionThreads.For(height, width, null, 2).RunsAtOnce);

    [TestMethod]
    public void For_ThreadsGiven_HoldsNoRunBack() =>
        Assert.AreEqual(new SessionThreads(3, null), SessionThreads.For(512, 512, 3, 2));
}
