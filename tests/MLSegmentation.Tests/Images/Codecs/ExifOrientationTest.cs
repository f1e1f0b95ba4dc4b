using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ExifOrientationTest
{
    private static readonly byte[] _right = [.. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0,
        0, 0, 0, 0, 0];

    [TestMethod]
    public void Read_WithOrWithoutPrefix_FindsTheTag()
    {
        Assert.AreEqual(SKEncodedOrigin.RightTop, ExifOrientation.Read(_right));
        Assert.AreEqual(SKEncodedOrigin.RightTop, ExifOrientation.Read([.. "Exif\0\0"u8, .. _right]));
    }

    [TestMethod]
    public void Read_TruncatedOrDamaged_IsAsStored()
    {
        for (int length = 0; length < 22; length++)
            Assert.AreEqual(SKEncodedOrigin.TopLeft, ExifOrientation.Read(_right[..length]), $"{length} bytes");
        foreach ((int position, byte value) in new (int, byte)[] { (0, 1), (7, 0xFF), (18, 0), (18, 9) })
        {
            byte[] wrong = [.. _right];
            wrong[position] = value;
            Assert.AreEqual(SKEncodedOrigin.TopLeft, ExifOrientation.Read(wrong), $"{value} at {position}");
        }
    }
}
