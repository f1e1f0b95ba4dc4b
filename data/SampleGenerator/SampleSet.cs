using System.Globalization;

namespace MLSegmentation.SampleGenerator;

/// <summary>The samples of the set: number, size, name and part of each, and how it is drawn.</summary>
internal static class SampleSet
{
    public const int TrainCount = 60;
    public const int Count = 80;
    private const ulong Seed = 20150607;

    public static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"surface_{index:000}");

    public static string Part(int index) => index < TrainCount ? "train" : "test";

    /// <summary>Draws one sample; it depends on its number alone, not on the samples before it.</summary>
    public static Canvas Draw(int index)
    {
        var random = new SplitMix64(Seed + (ulong)index);
        // Sizes differ, and not all are multiples of a network's stride, as in real sets.
        var canvas = new Canvas(random.Whole(16, 20) * 8, random.Whole(28, 32) * 4);
        Materials.PaintRandom(canvas, random);
        Defects.Add(canvas, random);
        Materials.Light(canvas, random);
        return canvas;
    }
}
