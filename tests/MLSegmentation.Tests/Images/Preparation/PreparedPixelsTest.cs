using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>
/// Each pass over pixels gives (v · scale − mean) / deviation of what it gives with pixels as they are, channel by channel.
/// </summary>
[TestClass]
public sealed class PreparedPixelsTest
{
    private const int Width = 37, Height = 21;

    private static readonly ImagePreparation _own = new()
    {
        Scale = 1 / 127.5,
        Mean = [0.9, 0.5, 0.1],
        Deviation = [0.3, 0.7, 1.1],
    };

    private static readonly ImagePreparation _ofFour = new() { Mean = [0.1, 0.2, 0.3, 0.4], Deviation = [0.2, 0.3, 0.4, 0.5] };

    private static IEnumerable<object[]> Cases =>
        from preparation in new[]
        {
            ImagePreparation.ZeroToOne, ImagePreparation.MinusOneToOne, ImagePreparation.ImageNetRgb,
            ImagePreparation.ImageNetBgr,
            ImagePreparation.CaffeBgr, _own, _own with { ColourOrder = ColourOrder.Bgr }, _ofFour,
            _ofFour with { ColourOrder = ColourOrder.Bgr },
        }
        from channels in new[] { 1, 3, 4 }
        where preparation.Mean.Count == 1 || preparation.Mean.Count == channels || (preparation.Mean.Count, channels) == (3, 4)
        select new object[] { preparation.ToString(), channels };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fill_Tensor_IsPreparedAsByHand(string text, int channels)
    {
        var preparation = ImagePreparation.Parse(text);
        foreach (MLPixelFormat format in (MLPixelFormat[])[MLPixelFormat.Bgra32, MLPixelFormat.Rgba32])
        {
            using MLImage image = MLImage.CreateFromPixels(Width, Height, format, Bytes(4));
            foreach (ImageGeometry geometry in (ImageGeometry[])
                [
                    ImageGeometry.For(Width, Height, ImageSizing.Native, 0, 0, 8),
                    ImageGeometry.For(Width, Height, ImageSizing.Stretch, 16, 40),
                    ImageGeometry.For(Width, Height, ImageSizing.Letterbox, 24, 24),
                    ImageGeometry.For(Width, Height, ImageSizing.Crop, 9, 9),
                ])
            {
                int plane = geometry.TensorWidth * geometry.TensorHeight;
                float[] plain = Filled(PixelScaling.AsIs(channels)), prepared = Filled(PixelScaling.Of(preparation, channels));

                RequirePrepared(preparation, channels, plane, plain, prepared);

                float[] Filled(PixelScaling scaling)
                {
                    var tensor = new float[channels * plane];
                    ImageTensor.Fill(image, geometry, scaling, tensor);
                    return tensor;
                }
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fill_Tile_IsPreparedAsByHand(string text, int channels)
    {
        const int Tile = 16, Left = 30;
        var preparation = ImagePreparation.Parse(text);
        using var rows = new DrawnRows(Width, Height, DrawnRows.Noise);
        var band = new PixelBand(rows, Tile);
        band.MoveTo(0);
        float[] plain = new float[channels * Tile * Tile], prepared = new float[channels * Tile * Tile];

        band.Fill(Left, Tile, PixelScaling.AsIs(channels), plain);
        band.Fill(Left, Tile, PixelScaling.Of(preparation, channels), prepared);

        RequirePrepared(preparation, channels, Tile * Tile, plain, prepared);
    }

    private static void RequirePrepared(
        ImagePreparation preparation, int channels, int plane, float[] plain, float[] prepared)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            int source = preparation.ColourOrder == ColourOrder.Bgr && channels > 1 && channel < 3 ? 2 - channel : channel;
            double mean = Number(preparation.Mean, channel, 0), deviation = Number(preparation.Deviation, channel, 1);
            for (int i = 0; i < plane; i++)
            {
                double expected = ((plain[(source * plane) + i] * preparation.Scale) - mean) / deviation;
                Assert.AreEqual(expected, prepared[(channel * plane) + i], 1e-5 * (1 + Math.Abs(expected)), $"{channel} at {i}");
            }
        }
    }

    // What three numbers leave out is alpha's.
    private static double Number(IReadOnlyList<double> numbers, int channel, double ofAlpha) =>
        numbers.Count == 1 ? numbers[0] : channel < numbers.Count ? numbers[channel] : ofAlpha;

    private static byte[] Bytes(int channels)
    {
        var bytes = new byte[channels * Width * Height];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
