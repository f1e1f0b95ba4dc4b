using BenchmarkDotNet.Attributes;
using MLSegmentation;
using MLSegmentation.Tests;

namespace Kernels;

/// <summary>
/// The boundary metrics of one image of CamVid's size and classes, against a distance transform for each class and mask.
/// </summary>
public class BoundaryBenchmarks
{
    private const int Width = 480, Height = 360, Classes = 11;

    private readonly uint[] _labels = SampleMask.Draw(1, Width, Height, Classes);
    private readonly uint[] _predictions = SampleMask.Draw(2, Width, Height, Classes);

    [Benchmark(Baseline = true)]
    public long DistanceTransforms()
    {
        long sum = 0;
        foreach (uint[] mask in new[] { _labels, _predictions })
        {
            bool[] isBoundary = BoundaryRegion.Mark(mask, Width, 1);
            for (uint key = 1; key <= Classes; key++)
            {
                var seeds = new bool[mask.Length];
                for (int i = 0; i < seeds.Length; i++) seeds[i] = isBoundary[i] && mask[i] == key;
                sum += DistanceTransform.Squared(seeds, Width, Height)[0];
            }
        }
        return sum;
    }

    [Benchmark]
    public void BoundaryF1() => new BoundaryF1(Classes).Add(_labels, _predictions, Width, Height);

    [Benchmark]
    public void BoundaryIoU() => new BoundaryIoU(Classes).Add(_labels, _predictions, Width, Height);
}
