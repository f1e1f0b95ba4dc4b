using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Looks for a threshold of the second of two classes, and then for the smallest region that stays, with which a trained network
/// has a higher mean IoU on the images held back. What gains no more than its noise is left alone.
/// </summary>
/// <param name="network">The network with the weights that are kept.</param>
/// <param name="classNames">The classes.</param>
/// <param name="given">How the user wants the model to be scored: what is said there is not looked for.</param>
internal sealed class ScoringSearch(TorchNetwork network, IReadOnlyList<string> classNames, SegmentImageOptions given)
{
    private const int ThresholdSteps = 20, PresentThreshold = ThresholdSteps / 2 - 1;

    // Regions wait until the threshold is known: in images of so many pixels together.
    private const long MostPixelsKept = 256L << 20;

    // Regions at the network's size: from a speck to an eighth of a usual image.
    private static readonly int[] _sizes = [0, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192];
    private readonly List<ClassOverlaps[]> _thresholds = [], _regions = [];
    private readonly List<Map> _maps = [];
    private readonly long[] _labelled = new long[byte.MaxValue + 1];
    private long _pixelsKept;

    private bool ChoosesThreshold => classNames.Count == 2 && given.Threshold is null;

    private bool ChoosesRegion => given.MinRegionPixels is null;

    /// <summary>Whether the first class is what lies around the others.</summary>
    private bool IsGround => string.Equals(classNames[0], "background", StringComparison.OrdinalIgnoreCase)
        || _labelled.AsSpan(..classNames.Count).IndexOfAnyInRange(_labelled[0] + 1, long.MaxValue) < 0;

    /// <summary>Looks for both in one pass over the images, unless told otherwise.</summary>
    /// <param name="batches">The images held back; none where none are.</param>
    /// <param name="parts">How many of them the memory holds at once.</param>
    public ScoringChoice Run(IEnumerable<TrainingBatch> batches, BatchParts parts)
    {
        var choice = new ScoringChoice(null, 0, []);
        if (!ChoosesThreshold && !ChoosesRegion) return choice;
        network.eval();
        parts.ForEach(batches, See);
        if (_thresholds.Count > 0)
        {
            CandidateGain? gain = CandidateGain.Of(_thresholds, PresentThreshold);
            int best = gain?.Best ?? PresentThreshold;
            bool isSure = gain is { IsSure: true };
            choice = choice with
            {
                Threshold = isSure ? ThresholdOf(best) : null,
                Reasons = [Reason(gain, _thresholds.Count, "threshold", "0.5", Text(ThresholdOf(best)))],
            };
            foreach (Map map in _maps) _regions.Add(RegionOverlaps(map, reached => reached > (isSure ? best : PresentThreshold)));
        }
        if (_regions.Count == 0) return choice;
        if (!IsGround)
        {
            string reason = $"The smallest region stays none: small regions would become {ClassText.Of(classNames[0])}, "
                + "the first class, which is neither the largest nor called background.";
            return choice with { Reasons = [.. choice.Reasons, reason] };
        }
        CandidateGain? region = CandidateGain.Of(_regions, 0);
        int size = _sizes[region?.Best ?? 0];
        return choice with
        {
            MinRegionPixels = region is { IsSure: true } ? size : 0,
            Reasons = [.. choice.Reasons, Reason(region, _regions.Count, "smallest region", "none", $"{size} pixels")],
        };
    }

    private void See(TrainingBatch batch)
    {
        int area = batch.Width * batch.Height;
        byte[] classes = Classes(batch);
        for (int i = 0; i < batch.Count; i++)
        {
            var map = new Map(batch.Width, batch.Height, classes.AsMemory(i * area, area), batch.Labels.Slice(i * area, area));
            foreach (byte label in map.Labels.Span) _labelled[label]++;
            if (ChoosesThreshold) _thresholds.Add(ThresholdOverlaps(map));
            if (!ChoosesRegion) continue;
            if (!ChoosesThreshold) _regions.Add(RegionOverlaps(map, null));
            else if ((_pixelsKept += area) <= MostPixelsKept) _maps.Add(map);
        }
    }

    /// <summary>The class of each pixel as it is scored; where a threshold is looked for, how many of them it reaches.</summary>
    private byte[] Classes(TrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor scores = WholeImages.Scores(network, batch).to(float32);
        using Scalar steps = ThresholdSteps, least = given.Threshold ?? 0;
        Tensor Second() => (scores.select(1, 1) - scores.select(1, 0)).sigmoid();
        Tensor classes = ChoosesThreshold ? Second().mul(steps)
            : classNames.Count == 2 && given.Threshold is not null ? Second().ge(least)
            : scores.argmax(1);
        return classes.to(ScalarType.Byte).cpu().contiguous().bytes.ToArray();
    }

    private static float ThresholdOf(int candidate) => (float)(candidate + 1) / ThresholdSteps;

    private static string Reason(CandidateGain? gain, int images, string what, string present, string best)
    {
        string of = $"{Plural.Of(images, "image")} held back";
        if (gain is null) return $"The {what} stays {present}: {of} are too few to choose by.";
        if (!gain.IsSure && gain.After <= gain.Before) return $"The {what} stays {present}: nothing is better on {of}.";
        string sure = $"a gain of {Text(gain.Gain)} on images not chosen by, noise {Text(gain.Noise)}";
        return gain.IsSure
            ? $"The {what} is {best}: mean IoU {Text(gain.After)} instead of {Text(gain.Before)} on {of} ({sure})."
            : $"The {what} stays {present}: {best} does not help by more than its noise on {of} ({sure}).";
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>What each threshold gives: pixels by label and by how many thresholds their probability reaches.</summary>
    private static ClassOverlaps[] ThresholdOverlaps(Map map)
    {
        var pixels = new long[2, ThresholdSteps + 1];
        ReadOnlySpan<byte> labels = map.Labels.Span, reachedAt = map.Classes.Span;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] != TrainingSample.Ignored) pixels[labels[i], reachedAt[i]]++;
        }
        var overlaps = new ClassOverlaps[ThresholdSteps - 1];
        for (int candidate = 0; candidate < overlaps.Length; candidate++)
        {
            overlaps[candidate] = new ClassOverlaps(2);
            for (int label = 0; label < 2; label++)
            {
                for (int reached = 0; reached <= ThresholdSteps; reached++)
                    overlaps[candidate].Add(label, reached > candidate ? 1 : 0, pixels[label, reached]);
            }
        }
        return overlaps;
    }

    /// <summary>What each smallest region gives, the smaller ones being of the first class.</summary>
    private ClassOverlaps[] RegionOverlaps(Map map, Func<byte, bool>? isSecond)
    {
        ReadOnlySpan<byte> values = map.Classes.Span, labels = map.Labels.Span;
        uint[] keys = new uint[values.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = isSecond is null ? values[i] + 1u : isSecond(values[i]) ? 2u : 1u;
        int classes = classNames.Count;
        ConnectedRegions regions = ConnectedRegions.Find(keys, map.Width, map.Height, Connectivity.Eight);
        var found = new Region[regions.Areas.Count];
        var overlaps = new ClassOverlaps(classes);
        for (int i = 0; i < keys.Length; i++)
        {
            ref Region region = ref found[(int)regions.Labels[i]];
            (region.Class, region.Area) = ((int)keys[i] - 1, region.Area + 1);
            byte label = labels[i];
            if (label == TrainingSample.Ignored) continue;
            overlaps.Add(label, region.Class, 1);
            region.Labelled++;
            if (label == region.Class) region.Right++;
            if (label == 0) region.OfFirst++;
        }
        Region[] removable = [.. found.Where(region => region.Class > 0).OrderBy(region => region.Area)];
        var all = new ClassOverlaps[_sizes.Length];
        int next = 0;
        for (int candidate = 0; candidate < all.Length; candidate++)
        {
            for (; next < removable.Length && removable[next].Area < _sizes[candidate]; next++)
            {
                Region region = removable[next];
                overlaps.Move(region.Class, 0, region.Labelled, region.Right, region.OfFirst);
            }
            all[candidate] = new ClassOverlaps(classes);
            all[candidate].Add(overlaps, 1);
        }
        return all;
    }

    private readonly record struct Map(int Width, int Height, ReadOnlyMemory<byte> Classes, ReadOnlyMemory<byte> Labels);

    private record struct Region(int Class, int Area, long Labelled, long Right, long OfFirst);
}
