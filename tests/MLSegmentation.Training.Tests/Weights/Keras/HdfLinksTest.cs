namespace MLSegmentation.Training.Tests;

/// <summary>
/// HDF5 files with links of each kind, written by h5py. Those to themselves would end the process, were they followed.
/// </summary>
[TestClass]
public sealed class HdfLinksTest
{
    [TestMethod]
    [DataRow("soft_in_header")]
    [DataRow("soft_in_heap")]
    [DataRow("soft_in_table")]
    [DataRow("soft_circle")]
    [DataRow("soft_to_weight")]
    [DataRow("soft_model")]
    [DataRow("external")]
    public void Open_LinkThatIsNotHard_IsRefused(string name) => CheckRefused(name, "soft or external link");

    [TestMethod]
    [DataRow("data_elsewhere")]
    [DataRow("data_virtual")]
    public void Open_NumbersOutsideTheFile_IsRefused(string name) => CheckRefused(name, "in another file or dataset");

    [TestMethod]
    public void Open_HardLinksInHeap_ListsAll()
    {
        using WeightFile file = WeightFile.Open(PathOf("hard_in_heap"));

        string[] expected = [.. Enumerable.Range(0, 9).Select(i => $"conv1/hard{i}"), "conv1/kernel:0"];
        CollectionAssert.AreEquivalent(expected, file.Weights.Select(weight => weight.Name).ToArray());
    }

    /// <summary>A header whose continuation is that same continuation.</summary>
    [TestMethod]
    public void Open_HeaderThatContinuesInItself_IsRefused()
    {
        byte[] bytes = File.ReadAllBytes(PathOf("soft_in_table"));
        ReadOnlySpan<byte> table = [0x11, 0, 0x10, 0, 0, 0, 0, 0];
        int message = bytes.AsSpan().IndexOf(table);
        bytes[message] = 0x10;
        BitConverter.GetBytes((long)message).CopyTo(bytes, message + 8);
        BitConverter.GetBytes(24L).CopyTo(bytes, message + 16);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightFixtures.OpenBytes(bytes));

        Assert.IsInstanceOfType<InsufficientExecutionStackException>(error.InnerException?.InnerException);
    }

    private static void CheckRefused(string name, string why)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightFile.Open(PathOf(name)));
        StringAssert.Contains(error.Message, why);
    }

    private static string PathOf(string name) => WeightFixtures.PathOf($"Links/{name}.h5");
}
