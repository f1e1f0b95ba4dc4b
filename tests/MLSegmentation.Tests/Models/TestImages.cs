using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation.Tests;

/// <summary>Images of random colours, and what the graphs of <see cref="TestGraphs"/> must make of them.</summary>
internal static class TestImages
{
    /// <summary>A row with an image of no promised size.</summary>
    public sealed class Row
    {
        public string Name { get; set; } = "";

        [AnySizeImage]
        public MLImage? Image { get; set; }
    }

    /// <summary>A row with an image of 8×6 pixels.</summary>
    public sealed class SizedRow
    {
        [ImageType(6, 8)]
        public MLImage? Image { get; set; }
    }

    public sealed class Prediction
    {
        public uint[] Mask { get; set; } = [];

        public float[] Confidence { get; set; } = [];
    }

    /// <summary>RGB, row by row; within a pixel no two channels are equal, so that a brightest one is certain.</summary>
    public static byte[] Pixels(int width, int height, int seed)
    {
        var random = new Random(seed);
        var rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.Length; i += 3)
        {
            do random.NextBytes(rgb.AsSpan(i, 3));
            while (rgb[i] == rgb[i + 1] || rgb[i] == rgb[i + 2] || rgb[i + 1] == rgb[i + 2]);
        }
        return rgb;
    }

    public static MLImage Image(int width, int height, byte[] rgb)
    {
        var pixels = new byte[4 * width * height];
        for (int i = 0; i < width * height; i++)
        {
            rgb.AsSpan(3 * i, 3).CopyTo(pixels.AsSpan(4 * i));
            pixels[4 * i + 3] = 255;
        }
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels);
    }

    public static MLImage Image(int width, int height, int seed) => Image(width, height, Pixels(width, height, seed));

    /// <summary>The keys that <see cref="TestGraphs.BrightestChannel"/> gives.</summary>
    public static uint[] BrightestKeys(byte[] rgb) =>
        [.. rgb.Chunk(3).Select(pixel => (uint)Array.IndexOf(pixel, pixel.Max()) + 1)];

    /// <summary>The probability of the brightest channel.</summary>
    public static float[] BrightestProbabilities(byte[] rgb) =>
        [.. rgb.Chunk(3)
            .Select(pixel => (float)(1 / pixel.Sum(value => Math.Exp((value - pixel.Max()) * (double)TestGraphs.Sharpness))))];
}
