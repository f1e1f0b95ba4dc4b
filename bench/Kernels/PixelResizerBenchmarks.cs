using BenchmarkDotNet.Attributes;
using MLSegmentation;

namespace Kernels;

/// <summary>
/// An image of 1920×1080 pixels brought to a tensor of 512×512, against the same weights applied pixel by pixel in both
/// directions.
/// </summary>
public class PixelResizerBenchmarks
{
    private const int Width = 1920, Height = 1080, Side = 512, RedShift = 16;

    private readonly byte[] _pixels = SamplePixels.Bgra(Width, Height);
    private readonly float[] _tensor = new float[3 * Side * Side];
    private readonly ImageGeometry _geometry = ImageGeometry.For(Width, Height, ImageSizing.Stretch, Side, Side);

    [Benchmark(Baseline = true)]
    public void PlainLoop()
    {
        ResizeWeights across = new(Width, Side), down = new(Height, Side);
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    float sum = 0;
                    for (int row = 0; row < down.Of(y).Length; row++)
                    {
                        int at = (((down.First(y) + row) * Width) + across.First(x)) * 4;
                        float line = 0;
                        foreach (float weight in across.Of(x))
                        {
                            line += weight * _pixels[at + 2 - channel];
                            at += 4;
                        }
                        sum += down.Of(y)[row] * line;
                    }
                    _tensor[(channel * Side * Side) + (y * Side) + x] = sum;
                }
            }
        }
    }

    [Benchmark]
    public void Fill() => PixelResizer.Fill(_pixels, _geometry, PixelScaling.AsIs(3), RedShift, _tensor);
}
