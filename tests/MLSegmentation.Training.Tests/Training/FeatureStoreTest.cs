namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class FeatureStoreTest
{
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
