namespace MLSegmentation.Tests;

[TestClass]
public sealed class Crc32Test
{
    [TestMethod]
    public void Of_CheckValue_IsThePublishedOne() => Assert.AreEqual(0xCBF43926u, Crc32.Of("123456789"u8));

    [TestMethod]
    public void Of_EmptyIendChunk_IsWhatEveryPngEndsWith() => Assert.AreEqual(0xAE426082u, Crc32.Of("IEND"u8));
}
