using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class PerceptualHashTest
{
    [TestMethod]
    public void Symmetries_OfAPicture_AreTheHashesOfItsTurnedCopies()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            using SKBitmap picture = CheckedFolder.Picture(seed, 64, 48);
            PerceptualHash[] symmetries = Of(picture)!.Value.Symmetries();
            for (int i = 0; i < 8; i++)
            {
                (bool across, bool down) = ((i & 1) != 0, (i & 2) != 0);
                // Mirrored first and transposed after: what was across is then down.
                using SKBitmap turned = i < 4
                    ? CheckedFolder.Turn(picture, false, across, down)
                    : CheckedFolder.Turn(picture, true, down, across);
                // A frequency that is nearly 0 may round to either side.
                Assert.IsLessThanOrEqualTo(1, symmetries[i].Distance(Of(turned)!.Value), $"seed {seed}, symmetry {i}");
            }
        }
    }

    [TestMethod]
    public void Distance_OfDifferentPictures_IsLarge()
    {
        PerceptualHash[] hashes = [.. Enumerable.Range(0, 20).Select(seed =>
        {
            using SKBitmap picture = CheckedFolder.Picture(seed);
            return Of(picture)!.Value;
        })];
        for (int i = 0; i < hashes.Length; i++)
            for (int j = 0; j < i; j++)
                Assert.IsGreaterThan(8, hashes[i].Symmetries().Min(one => one.Distance(hashes[j])), $"{i} and {j}");
    }

    [TestMethod]
    public void Of_APictureOfOneColour_IsNull()
    {
        using var flat = new SKBitmap(40, 30);
        flat.Erase(SKColors.SlateGray);
        Assert.IsNull(Of(flat));
    }

    private static PerceptualHash? Of(SKBitmap picture)
    {
        using SKData data = picture.Encode(SKEncodedImageFormat.Png, 100);
        using var image = ImageDecoder.Decode(data.ToArray(), "picture");
        return PerceptualHash.Of(image.Pixels, image.PixelFormat, image.Width, image.Height);
    }
}
