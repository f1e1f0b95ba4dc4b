using BenchmarkDotNet.Attributes;
using Microsoft.ML.Data;
using MLSegmentation;

namespace Kernels;

/// <summary>
/// An image of 512×512 pixels as planes of red, green and blue in its own size, against a plain loop over the pixels.
/// </summary>
public class ImageTensorBenchmarks
{
    private const int Side = 512;

    private readonly byte[] _pixels = SamplePixels.Bgra(Side, Side);
    private readonly float[] _tensor = new float[3 * Side * Side];
    private readonly ImageGeometry _geometry = ImageGeometry.For(Side, Side, ImageSizing.Native, 0, 0);

    [Benchmark(Baseline = true)]
    public void PlainLoop()
    {
        for (int i = 0; i < Side * Side; i++)
        {
            _tensor[i] = _pixels[(4 * i) + 2];
            _tensor[i + (Side * Side)] = _pixels[(4 * i) + 1];
            _tensor[i + (2 * Side * Side)] = _pixels[4 * i];
        }
    }

    [Benchmark]
    public void Fill() => ImageTensor.Fill(_pixels, MLPixelFormat.Bgra32, _geometry, PixelScaling.AsIs(3), _tensor);
}
