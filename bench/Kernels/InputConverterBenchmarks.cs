using BenchmarkDotNet.Attributes;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation;

namespace Kernels;

/// <summary>
/// Prepared planes of 1024×1024 pixels in colour, brought into the forms in which graphs take them. The plain loop puts the
/// channels of each pixel side by side.
/// </summary>
public class InputConverterBenchmarks
{
    private const int Side = 1024, Pixels = Side * Side;

    private readonly float[] _planes = [.. Enumerable.Range(0, 3 * Pixels).Select(i => (float)(i % 256))];
    private readonly float[] _plain = new float[3 * Pixels];
    private readonly InputConverter _same = For(TensorLayout.ChannelsFirst, typeof(float));
    private readonly InputConverter _floats = For(TensorLayout.ChannelsLast, typeof(float));
    private readonly InputConverter _bytes = For(TensorLayout.ChannelsLast, typeof(byte));
    private readonly InputConverter _halves = For(TensorLayout.ChannelsFirst, typeof(Float16));

    [Benchmark(Baseline = true)]
    public void PlainLoop()
    {
        for (int i = 0; i < Pixels; i++)
        {
            for (int channel = 0; channel < 3; channel++) _plain[(3 * i) + channel] = _planes[(channel * Pixels) + i];
        }
    }

    [Benchmark]
    public void FloatPlanes() => Convert(_same);

    [Benchmark]
    public void FloatPixels() => Convert(_floats);

    [Benchmark]
    public void BytePixels() => Convert(_bytes);

    [Benchmark]
    public void HalfPlanes() => Convert(_halves);

    private static InputConverter For(TensorLayout layout, Type type)
    {
        int[] sizes = layout == TensorLayout.ChannelsFirst ? [1, 3, Side, Side] : [1, Side, Side, 3];
        return InputConverter.For(new ImageInputFormat(new OnnxValueInfo("x", type, sizes), layout, 3));
    }

    private void Convert(InputConverter converter) => converter.Convert(_planes, 1, Side, Side).Dispose();
}
