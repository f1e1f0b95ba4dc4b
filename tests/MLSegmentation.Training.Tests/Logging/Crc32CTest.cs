namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class Crc32CTest
{
    [TestMethod]
    public void Of_CheckValue_IsThePublishedOne() => Assert.AreEqual(0xE3069283u, Crc32C.Of("123456789"u8));

    /// <summary>The vectors of RFC 3720, appendix B.4.</summary>
    [TestMethod]
    public void Of_ThirtyTwoBytes_IsTheStandards()
    {
        byte[] rising = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

        Assert.AreEqual(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.AreEqual(0x62A8AB43u, Crc32C.Of([.. Enumerable.Repeat((byte)255, 32)]));
        Assert.AreEqual(0x46DD794Eu, Crc32C.Of(rising));
        Assert.AreEqual(0x113FDB5Cu, Crc32C.Of([.. rising.Reverse()]));
    }

    [TestMethod]
    public void Of_Nothing_IsZero() => Assert.AreEqual(0u, Crc32C.Of([]));

    /// <summary>0xE3069283 rotated right by 15 is 0x2507C60D; plus 0xA282EAD8 it is 0xC78AB0E5.</summary>
    [TestMethod]
    public void Masked_CheckValue_IsRotatedAndMoved() => Assert.AreEqual(0xC78AB0E5u, Crc32C.Masked("123456789"u8));
}
