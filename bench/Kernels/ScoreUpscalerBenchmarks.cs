using BenchmarkDotNet.Attributes;
using MLSegmentation;

namespace Kernels;

/// <summary>
/// A mask of 1920×1080 from logits of 512×512 and 11 classes, against planes of probabilities enlarged class by class and
/// compared.
/// </summary>
public class ScoreUpscalerBenchmarks
{
    private const int Side = 512, Width = 1920, Height = 1080, Classes = 11;

    private readonly float[] _logits = Logits();
    private readonly float[] _probabilities = new float[Classes * Side * Side];
    private readonly float[] _plane = new float[Width * Height];
    private readonly float[] _highest = new float[Width * Height];
    private readonly uint[] _mask = new uint[Width * Height];
    private readonly ImageGeometry _geometry = ImageGeometry.For(Width, Height, ImageSizing.Stretch, Side, Side);

    [Benchmark(Baseline = true)]
    public void PlaneByPlane()
    {
        ScoreSoftmax.Apply(_logits, Classes, _probabilities);
        Array.Fill(_highest, -1);
        for (int index = 0; index < Classes; index++)
        {
            ReadOnlySpan<float> scores = _probabilities.AsSpan(index * Side * Side, Side * Side);
            ImageResizer.Resize(scores, Side, Side, _plane, Width, Height);
            for (int i = 0; i < _plane.Length; i++)
            {
                if (_plane[i] > _highest[i]) (_highest[i], _mask[i]) = (_plane[i], (uint)index + 1);
            }
        }
    }

    [Benchmark]
    public void Read()
    {
        var scores = new ClassScores(
            _logits, Side, Side, new ScoreMeaning(Classes, ScoreActivation.Softmax, AreInterpolatedFirst: false));
        using var upscaler = new ScoreUpscaler(scores, _geometry);
        upscaler.Read(scores, _mask, []);
    }

    /// <summary>Areas of one class each, as networks that have learnt something give.</summary>
    private static float[] Logits()
    {
        uint[] mask = SampleMask.Draw(1, Side, Side, Classes);
        float[] logits = SamplePixels.Plane(Side, Classes * Side);
        for (int i = 0; i < logits.Length; i++)
        {
            if (mask[i % mask.Length] == (i / mask.Length) + 1) logits[i] += 5;
        }
        return logits;
    }
}
