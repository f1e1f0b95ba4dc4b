using BenchmarkDotNet.Attributes;
using MLSegmentation;

namespace Kernels;

/// <summary>
/// The run lengths of all classes in a mask of 480×360 and 11 classes, against one walk over the mask for each class.
/// </summary>
public class RunLengthBenchmarks
{
    private const int Width = 480, Height = 360, Classes = 11;

    private readonly uint[] _mask = SampleMask.Draw(1, Width, Height, Classes);
    private readonly uint[] _decoded = new uint[Width * Height];
    private int[] _runs = [];

    [GlobalSetup]
    public void Setup() => _runs = RunLengths.Encode(_mask, Width, Height, 1);

    [Benchmark(Baseline = true)]
    public int EncodeEach()
    {
        int runs = 0;
        for (uint key = 1; key <= Classes; key++) runs += RunLengths.Encode(_mask, Width, Height, key).Length;
        return runs;
    }

    [Benchmark]
    public int EncodeAll() => RunLengths.EncodeAll(_mask, Width, Height).Count;

    [Benchmark]
    public void DecodeOne() => RunLengths.Decode(_runs, _decoded, Width, Height, 1);
}
