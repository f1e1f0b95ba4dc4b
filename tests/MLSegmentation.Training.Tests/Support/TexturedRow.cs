using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation.Training.Tests;

/// <summary>Rows made in memory: stripes of one direction at any phase and brightness, in two of three a defect.</summary>
internal sealed class TexturedRow
{
    public const int Size = 128;
    private const int FirstDefect = 100, DefectSize = 48;

    [ImageType(Size, Size)]
    public MLImage Image { get; set; } = null!;

    /// <summary>1 where the stripes run the other way.</summary>
    [VectorType(Size * Size)]
    public float[] Defect { get; set; } = [];

    /// <summary>Rows of that number on; from 100 on two in three have a defect.</summary>
    public static IDataView View(MLContext context, int count, int first) =>
        context.Data.LoadFromEnumerable(Enumerable.Range(first, count).Select(MakeRow).ToArray());

    private static TexturedRow MakeRow(int number)
    {
        var random = new Random(number);
        double phase = random.NextDouble() * 8, brightness = 0.6 + random.NextDouble() * 0.4;
        bool isDefective = number >= FirstDefect && number % 3 > 0;
        int left = random.Next(8, Size - DefectSize - 8), top = random.Next(8, Size - DefectSize - 8);
        var pixels = new byte[Size * Size * 4];
        var defect = new float[Size * Size];
        for (int i = 0; i < defect.Length; i++)
        {
            int x = i % Size, y = i / Size;
            bool isInside = isDefective && x >= left && x < left + DefectSize && y >= top && y < top + DefectSize;
            defect[i] = isInside ? 1 : 0;
            double wave = Math.Sin(((isInside ? y : x) + phase) * Math.PI / 4);
            pixels.AsSpan(4 * i, 4).Fill((byte)(brightness * (120 + 60 * wave + random.Next(20))));
        }
        return new TexturedRow { Image = MLImage.CreateFromPixels(Size, Size, MLPixelFormat.Bgra32, pixels), Defect = defect };
    }
}
