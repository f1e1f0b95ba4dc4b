using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TorchThreadsTest
{
    [TestMethod]
    public void Dispose_AfterAnotherNumber_PutsTheFirstBack()
    {
        int before = get_num_threads();

        using (new TorchThreads(before + 1)) Assert.AreEqual(before + 1, get_num_threads());

        Assert.AreEqual(before, get_num_threads());
    }

    [TestMethod]
    public void New_Null_LeavesTheNumber()
    {
        int before = get_num_threads();

        using var threads = new TorchThreads(null);

        Assert.AreEqual(before, get_num_threads());
    }

    [TestMethod]
    public void New_Zero_SaysWhatIsExpected()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new TorchThreads(0));

        StringAssert.Contains(error.Message, "at least one thread");
    }
}
