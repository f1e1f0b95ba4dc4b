using System.Numerics;

namespace MLSegmentation;

/// <summary>The two scores next to a pixel along one axis, and how much the second counts.</summary>
internal readonly record struct Neighbours(int First, int Second, float Weight)
{
    public static Neighbours Of(ResizeWeights? weights, int index)
    {
        if (weights is null) return new Neighbours(index, index, 0);
        ReadOnlySpan<float> taps = weights.Of(index);
        int first = weights.First(index);
        return taps.Length == 1 ? new Neighbours(first, first, 0) : new Neighbours(first, first + 1, taps[1]);
    }

    public float Mix(float first, float second) => first + (second - first) * Weight;

    public Vector<float> Mix(Vector<float> first, Vector<float> second) => first + (second - first) * Weight;
}
