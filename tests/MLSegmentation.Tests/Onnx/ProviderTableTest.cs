namespace MLSegmentation.Tests;

[TestClass]
public sealed class ProviderTableTest
{
    [TestMethod]
    public void All_EachProvider_IsThereOnceAndAutoTakesThemInItsOrder()
    {
        ExecutionProvider[] known = [.. ProviderTable.All.Select(facts => facts.Provider).Append(ExecutionProvider.Auto).Order()];

        CollectionAssert.AreEqual(Enum.GetValues<ExecutionProvider>(), known);
        CollectionAssert.AreEqual(
            new[] { ExecutionProvider.Cuda, ExecutionProvider.DirectMl, ExecutionProvider.CoreMl, ExecutionProvider.OpenVino },
            ProviderTable.All.Where(facts => facts.IsAutomatic).Select(facts => facts.Provider).ToArray());
    }
}
