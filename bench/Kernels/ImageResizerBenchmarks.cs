using BenchmarkDotNet.Attributes;
using MLSegmentation;

namespace Kernels;

/// <summary>A plane of 512×512 scores enlarged to 1920×1080, against bilinear interpolation pixel by pixel.</summary>
public class ImageResizerBenchmarks
{
    private const int Side = 512, Width = 1920, Height = 1080;

    private readonly float[] _plane = SamplePixels.Plane(Side, Side);
    private readonly float[] _enlarged = new float[Width * Height];

    [Benchmark(Baseline = true)]
    public void PlainLoop()
    {
        for (int y = 0; y < Height; y++)
        {
            float down = Math.Clamp(((y + 0.5f) * Side / Height) - 0.5f, 0, Side - 1);
            int top = (int)down, bottom = Math.Min(top + 1, Side - 1);
            for (int x = 0; x < Width; x++)
            {
                float across = Math.Clamp(((x + 0.5f) * Side / Width) - 0.5f, 0, Side - 1);
                int left = (int)across, right = Math.Min(left + 1, Side - 1);
                float above = Mix(_plane[(top * Side) + left], _plane[(top * Side) + right], across - left);
                float below = Mix(_plane[(bottom * Side) + left], _plane[(bottom * Side) + right], across - left);
                _enlarged[(y * Width) + x] = Mix(above, below, down - top);
            }
        }
    }

    [Benchmark]
    public void Resize() => ImageResizer.Resize(_plane, Side, Side, _enlarged, Width, Height);

    private static float Mix(float first, float second, float weight) => first + ((second - first) * weight);
}
