using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation.Bench;

/// <summary>A dark image with a bright rectangle, which is the class to find; every other one is brighter as a whole.</summary>
internal sealed class StressRow
{
    private const int Side = 64;

    [ImageType(Side, Side)]
    public MLImage Image { get; set; } = null!;

    [VectorType(Side, Side)]
    [KeyType(2)]
    public uint[] Label { get; set; } = [];

    /// <summary>From 0: LoadFromEnumerable makes the key k + 1 of a single value k.</summary>
    [KeyType(2)]
    public uint Kind { get; set; }

    public static IEnumerable<StressRow> Make(int count) => Enumerable.Range(0, count).Select(MakeRow);

    private static StressRow MakeRow(int number)
    {
        var random = new Random(number);
        var (left, top) = (random.Next(4, 30), random.Next(4, 30));
        var pixels = new byte[Side * Side * 4];
        var label = new uint[Side * Side];
        for (int i = 0; i < label.Length; i++)
        {
            bool isInside = i % Side >= left && i % Side < left + 28 && i / Side >= top && i / Side < top + 24;
            label[i] = isInside ? 2u : 1u;
            pixels.AsSpan(4 * i, 4).Fill((byte)((isInside ? 150 : 40) + random.Next(40) + number % 2 * 50));
        }
        return new StressRow
        {
            Image = MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, pixels),
            Label = label,
            Kind = (uint)(number % 2),
        };
    }
}
