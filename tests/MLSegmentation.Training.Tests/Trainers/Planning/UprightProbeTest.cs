using Microsoft.ML.Data;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class UprightProbeTest
{
    private const int Images = 60, Side = 64;

    /// <summary>Noise that is a little brighter at the top, as a sky is.</summary>
    [TestMethod]
    public void Accuracy_BrighterAtTheTop_IsHigh() =>
        Assert.IsGreaterThan(0.9, UprightProbe.Accuracy(Draw((random, y) => random.Next(160) + (Side - y))));

    /// <summary>By chance it is 0.5; two standard deviations of 60 images are 0.13.</summary>
    [TestMethod]
    public void Accuracy_NoiseAlone_IsChance() =>
        Assert.AreEqual(0.5, UprightProbe.Accuracy(Draw((random, _) => random.Next(256))), 0.13);

    private static Thumbnail[] Draw(Func<Random, int, int> value)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Images).Select(_ =>
        {
            var pixels = new byte[Side * Side * 4];
            for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)value(random, i / (4 * Side));
            using MLImage image = MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, pixels);
            return new Thumbnail(image);
        })];
    }
}
