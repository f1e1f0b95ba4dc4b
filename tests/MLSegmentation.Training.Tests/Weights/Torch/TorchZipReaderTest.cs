namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TorchZipReaderTest
{
    [TestMethod]
    public void Open_TensorOutsideItsStorage_IsRefused()
    {
        StringAssert.Contains(Refuse(ZipOf(8, 0, [3, 3], [3, 1], 32)), "tensor of 3×3 beyond the 8 numbers");
        StringAssert.Contains(Refuse(ZipOf(9, 1, [3, 3], [3, 1], 36)), "beyond the 9 numbers");
        StringAssert.Contains(Refuse(ZipOf(9, -1, [3, 3], [3, 1], 36)), "beyond the 9 numbers");
        StringAssert.Contains(Refuse(ZipOf(9, 0, [2, 2], [8, 1], 36)), "beyond the 9 numbers");
        StringAssert.Contains(Refuse(ZipOf(9, 8, [2, 2], [-1, -1], 36)), "something else than sizes");
        StringAssert.Contains(Refuse(ZipOf(9, 0, [9], [1, 1], 36)), "1 dimensions and 2 strides");
        int[] huge = [int.MaxValue, int.MaxValue, int.MaxValue];
        StringAssert.Contains(Refuse(ZipOf(9, 0, huge, huge, 36)), "beyond the 9 numbers");
    }

    [TestMethod]
    public void Open_StorageBeyondTheFile_IsRefused()
    {
        StringAssert.Contains(Refuse(ZipOf(2_000_000_000, 0, [2_000_000_000], [1], 36)), "expected 2,000,000,000 numbers of 4");
    }

    [TestMethod]
    public void Open_CompressedZip_IsRefused()
    {
        byte[] bomb = WeightWriter.Zip([("data.pkl", new byte[10_000_000])], System.IO.Compression.CompressionLevel.Optimal);
        StringAssert.Contains(Refuse(bomb), "'archive/data.pkl' is compressed");
    }

    [TestMethod]
    public void Open_ZipOfSomethingElse_SaysSo() =>
        StringAssert.Contains(Refuse(WeightWriter.Zip([("weights.npy", [1, 2, 3])])), "without a data.pkl");

    [TestMethod]
    public void Open_NoStateDict_SaysSo()
    {
        byte[] checkpoint = new PickleWriter().Code('}').Text("epoch").Number(3).Code('s').ToArray();
        StringAssert.Contains(Refuse(Zip(checkpoint)), "no state dict");
        StringAssert.Contains(Refuse(Zip(new PickleWriter().Code('}').ToArray())), "no state dict");
    }

    [TestMethod]
    public void Open_BigEndian_SaysSo()
    {
        byte[] file = WeightWriter.Zip([("byteorder", [.. "big"u8]), ("data.pkl", new PickleWriter().Code('}').ToArray())]);
        StringAssert.Contains(Refuse(file), "big-endian");
    }

    private static byte[] Zip(byte[] pickle) => WeightWriter.Zip([("data.pkl", pickle)]);

    private static byte[] ZipOf(int count, int offset, int[] shape, int[] strides, int bytes)
    {
        byte[] pickle = new PickleWriter().Code('}').Text("a").Tensor("0", count, offset, shape, strides).Code('s').ToArray();
        return WeightWriter.Zip([("data.pkl", pickle), ("data/0", new byte[bytes])]);
    }

    private static string Refuse(byte[] file)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightFixtures.OpenBytes(file));
        StringAssert.Contains(error.Message, ".weights'");
        return error.Message;
    }
}
