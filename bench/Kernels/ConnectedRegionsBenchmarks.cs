using BenchmarkDotNet.Attributes;
using MLSegmentation;

namespace Kernels;

/// <summary>
/// The regions of a mask of 480×360 and 11 classes, against a flood fill from each pixel that has no region yet.
/// </summary>
public class ConnectedRegionsBenchmarks
{
    private const int Width = 480, Height = 360;

    private readonly uint[] _mask = SampleMask.Draw(1, Width, Height, 11);

    [Benchmark(Baseline = true)]
    public int FloodFill()
    {
        var labels = new uint[_mask.Length];
        var open = new Stack<int>();
        uint regions = 0;
        for (int start = 0; start < _mask.Length; start++)
        {
            if (labels[start] != 0) continue;
            labels[start] = ++regions;
            open.Push(start);
            while (open.TryPop(out int at))
            {
                (int y, int x) = Math.DivRem(at, Width);
                for (int down = Math.Max(y - 1, 0); down <= Math.Min(y + 1, Height - 1); down++)
                {
                    for (int right = Math.Max(x - 1, 0); right <= Math.Min(x + 1, Width - 1); right++)
                    {
                        int next = (down * Width) + right;
                        if (labels[next] != 0 || _mask[next] != _mask[at]) continue;
                        labels[next] = regions;
                        open.Push(next);
                    }
                }
            }
        }
        return (int)regions;
    }

    [Benchmark]
    public int Find() => ConnectedRegions.Find(_mask, Width, Height, Connectivity.Eight).Areas.Count - 1;
}
