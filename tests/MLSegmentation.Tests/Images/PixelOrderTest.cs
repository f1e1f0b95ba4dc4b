using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class PixelOrderTest
{
    [TestMethod]
    [DataRow(1, new uint[] { 1, 2, 3, 4, 5, 6 }, DisplayName = "1: as stored")]
    [DataRow(2, new uint[] { 3, 2, 1, 6, 5, 4 }, DisplayName = "2: mirrored")]
    [DataRow(3, new uint[] { 6, 5, 4, 3, 2, 1 }, DisplayName = "3: half a turn")]
    [DataRow(4, new uint[] { 4, 5, 6, 1, 2, 3 }, DisplayName = "4: upside down, mirrored")]
    [DataRow(5, new uint[] { 1, 4, 2, 5, 3, 6 }, DisplayName = "5: transposed")]
    [DataRow(6, new uint[] { 4, 1, 5, 2, 6, 3 }, DisplayName = "6: a quarter turn clockwise")]
    [DataRow(7, new uint[] { 6, 3, 5, 2, 4, 1 }, DisplayName = "7: transposed along the other diagonal")]
    [DataRow(8, new uint[] { 3, 6, 2, 5, 1, 4 }, DisplayName = "8: a quarter turn counterclockwise")]
    public void Apply_ThreeByTwo_IsTheTurnedImage(int orientation, uint[] expected)
    {
        var upright = new uint[6];

        PixelOrder.Apply<uint>([1, 2, 3, 4, 5, 6], 3, 2, (SKEncodedOrigin)orientation, upright);

        CollectionAssert.AreEqual(expected, upright);
        Assert.AreEqual(orientation >= 5, PixelOrder.SwapsSides((SKEncodedOrigin)orientation));
    }
}
