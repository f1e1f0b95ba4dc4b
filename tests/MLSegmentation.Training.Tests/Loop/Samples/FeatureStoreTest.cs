using MLSegmentation.Tests;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class FeatureStoreTest
{
    private readonly string _home = Directory.CreateTempSubdirectory("feature-store-test-").FullName;
    private ChangedEnvironment _environment = null!;

    [TestInitialize]
    public void UseFolder() => _environment = new ChangedEnvironment(("MLSEG_HOME", _home));

    [TestCleanup]
    public void DeleteFolder()
    {
        _environment.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    [TestMethod]
    public void Write_InTheFile_LeavesNothingThatAKilledProcessCouldLeave()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Windows keeps the file's name, and deletes it itself when the process ends.");
        using var store = new FeatureStore(slots: 2, length: 3, memory: 0);
        store.Write(1, [1, 2, 3]);
        Assert.IsEmpty(Directory.GetFiles(_home));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(24)]
    [DataRow(1000)]
    public void TryRead_InMemoryOrInTheFile_GivesWhatWasWritten(int memory)
    {
        using var store = new FeatureStore(slots: 5, length: 3, memory);
        var values = new float[3];

        for (int slot = 4; slot >= 1; slot--) store.Write(slot, [slot, slot + 0.5f, -slot]);

        Assert.IsFalse(store.TryRead(0, values));
        for (int slot = 1; slot < 5; slot++)
        {
            Assert.IsTrue(store.TryRead(slot, values));
            CollectionAssert.AreEqual(new[] { slot, slot + 0.5f, -slot }, values);
        }
    }
}
