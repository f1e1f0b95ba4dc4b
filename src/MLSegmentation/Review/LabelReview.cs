using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>
/// Finds the regions of a label that are probably wrong: those in which a model confidently sees another class.
/// </summary>
/// <remarks>
/// Of a pixel, the evidence is the least by which the probability of the model's class is above that of the label's, where the
/// confidence p is known alone: 2p - 1. It counts less beside a border of the label, where any model and any person is unsure: a
/// quarter beside it, all of it from <see cref="Depth"/> pixels on. Pixels of one region that the model gives one class are a
/// part; its score is the mean evidence times the logarithm of the sum, so that neither a large part of which the model is unsure
/// nor a few sure pixels come first. A region has the score of its worst part. The idea, disagreement weighted by confidence, is
/// that of Northcutt, Jiang and Chuang, "Confident learning", 2021, and of Lad and Mueller, "Estimating label quality and errors
/// in semantic segmentation data via any model", 2023.
/// </remarks>
internal static class LabelReview
{
    /// <summary>How far from a border evidence counts in full, in pixels.</summary>
    private const int Depth = 4;

    /// <summary>The regions in which the model sees something else, the worst first.</summary>
    /// <param name="label">The label: 0 is no class, k + 1 class k, row by row.</param>
    /// <param name="prediction">The same of the model.</param>
    /// <param name="confidence">The probability of the model's class in each pixel.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="leastPixels">Regions of fewer pixels are passed over.</param>
    /// <returns>The suspects, and the number of regions that the label has.</returns>
    public static (IReadOnlyList<SuspectRegion> Suspects, int Regions) Find(
        ReadOnlySpan<uint> label, ReadOnlySpan<uint> prediction, ReadOnlySpan<float> confidence, int width, int height,
        int leastPixels = 0)
    {
        var regions = ConnectedRegions.Find(label, width, height, Connectivity.Eight);
        byte[] depths = BorderDepth.Of(label, width, height, Depth);
        uint classes = Math.Max(TensorPrimitives.Max(label), TensorPrimitives.Max(prediction)) + 1;
        var parts = new uint[label.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (label[i] != 0 && prediction[i] != 0 && prediction[i] != label[i])
                parts[i] = (regions.Labels[i] * classes) + prediction[i];
        }
        var found = ConnectedRegions.Find(parts, width, height, Connectivity.Eight);
        var sums = new Part[found.Areas.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            if (found.Labels[i] == 0) continue;
            float evidence = Math.Max(0, (2 * confidence[i]) - 1) * depths[i] / Depth;
            sums[found.Labels[i]].Add(i % width, i / width, i, evidence);
        }
        var worst = new Dictionary<uint, SuspectRegion>();
        foreach (Part part in sums.Skip(1))
        {
            uint region = regions.Labels[part.First];
            if (regions.Areas[(int)region] < leastPixels) continue;
            if (part.Score <= 0 || (worst.TryGetValue(region, out SuspectRegion? other) && other.Score >= part.Score)) continue;
            worst[region] = part.ToSuspect(
                (int)label[part.First] - 1, (int)prediction[part.First] - 1, regions.Areas[(int)region]);
        }
        return (
            [.. worst.Values.OrderByDescending(one => one.Score)],
            regions.Areas.Skip(1).Count(area => area >= leastPixels));
    }

    private struct Part
    {
        private int _pixels, _left, _top, _right, _bottom;
        private double _evidence;

        public int First { get; private set; }

        public readonly double Score => _pixels == 0 ? 0 : _evidence / _pixels * Math.Log(1 + _evidence);

        public void Add(int x, int y, int pixel, float evidence)
        {
            if (_pixels++ == 0) (First, _left, _top) = (pixel, x, y);
            (_left, _right, _bottom) = (Math.Min(_left, x), Math.Max(_right, x), y);
            _evidence += evidence;
        }

        public readonly SuspectRegion ToSuspect(int index, int suggested, int pixels) => new(
            index, suggested, pixels, _pixels, _left, _top, _right - _left + 1, _bottom - _top + 1, Score);
    }
}
