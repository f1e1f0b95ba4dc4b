using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation.Training.Tests;

/// <summary>Rows made in memory: dark images with one bright rectangle, which is the class to find.</summary>
internal sealed class TrainingRow
{
    public const int Width = 80, Height = 64;

    [ImageType(Height, Width)]
    public MLImage Image { get; set; } = null!;

    [VectorType(Height, Width)]
    [KeyType(2)]
    public uint[] Label { get; set; } = [];

    public static IDataView View(MLContext context, int count) => context.Data.LoadFromEnumerable(Make(count));

    public static IEnumerable<TrainingRow> Make(int count) => Enumerable.Range(0, count).Select(MakeRow);

    private static TrainingRow MakeRow(int number)
    {
        var random = new Random(number);
        int left = random.Next(8, 40), top = random.Next(8, 30);
        var pixels = new byte[Width * Height * 4];
        var label = new uint[Width * Height];
        for (int i = 0; i < label.Length; i++)
        {
            bool isInside = i % Width >= left && i % Width < left + 28 && i / Width >= top && i / Width < top + 24;
            label[i] = isInside ? 2u : 1u;
            byte value = (byte)((isInside ? 170 : 50) + random.Next(40));
            pixels.AsSpan(4 * i, 4).Fill(value);
        }
        return new TrainingRow { Image = MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Bgra32, pixels), Label = label };
    }
}
