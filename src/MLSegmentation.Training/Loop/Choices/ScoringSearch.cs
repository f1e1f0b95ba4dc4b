using System.Globalization;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Looks for a threshold of the second of two classes, and then for the smallest region that stays, with which a trained network
/// has a higher mean IoU on the images held back. What gains no more than its noise is left alone.
/// </summary>
/// <param name="network">The network with the weights that are kept.</param>
/// <param name="source">The rows, for validation.</param>
/// <param name="classes">The number of classes.</param>
internal sealed class ScoringSearch(TorchNetwork network, SampleSource source, int classes)
{
    private const int ThresholdSteps = 20, PresentThreshold = ThresholdSteps / 2 - 1;

    // Regions at the network's size: from a speck to an eighth of a usual image.
    private static readonly int[] _sizes = [0, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192];

    /// <summary>Looks for both, unless told otherwise.</summary>
    /// <param name="choosesThreshold">Whether a threshold is looked for.</param>
    /// <param name="choosesRegion">Whether the smallest region is.</param>
    /// <param name="cancellation">Stops it.</param>
    public ScoringChoice Run(bool choosesThreshold, bool choosesRegion, CancellationToken cancellation)
    {
        var choice = new ScoringChoice(null, 0, []);
        if (!source.HasValidation) return choice;
        network.eval();
        if (choosesThreshold && classes == 2)
        {
            (CandidateGain? gain, int images) = Compare(ThresholdOverlaps, PresentThreshold, cancellation);
            float threshold = ThresholdOf(gain?.Best ?? PresentThreshold);
            choice = choice with
            {
                Threshold = gain is { IsSure: true } ? threshold : null,
                Reasons = [Reason(gain, images, "threshold", "0.5", Text(threshold))],
            };
        }
        if (choosesRegion)
        {
            float? threshold = choice.Threshold;
            (CandidateGain? gain, int images) = Compare(sample => RegionOverlaps(sample, threshold), 0, cancellation);
            int size = _sizes[gain?.Best ?? 0];
            choice = choice with
            {
                MinRegionPixels = gain is { IsSure: true } ? size : 0,
                Reasons = [.. choice.Reasons, Reason(gain, images, "smallest region", "none", $"{size} pixels")],
            };
        }
        return choice;
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

    private (CandidateGain? Gain, int Images) Compare(
        Func<TrainingSample, ClassOverlaps[]> overlaps, int present, CancellationToken cancellation)
    {
        var images = new List<ClassOverlaps[]>();
        foreach (TrainingSample sample in source.Validation(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            images.Add(overlaps(sample));
        }
        return (CandidateGain.Of(images, present), images.Count);
    }

    /// <summary>What each threshold gives: pixels by label and by how many thresholds their probability reaches.</summary>
    private ClassOverlaps[] ThresholdOverlaps(TrainingSample sample)
    {
        var pixels = new long[2, ThresholdSteps + 1];
        float[] probabilities = Foreground(sample);
        for (int i = 0; i < probabilities.Length; i++)
        {
            byte label = sample.Labels[i];
            if (label != TrainingSample.Ignored) pixels[label, (int)(probabilities[i] * ThresholdSteps)]++;
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
    private ClassOverlaps[] RegionOverlaps(TrainingSample sample, float? threshold)
    {
        uint[] keys = Keys(sample, threshold);
        ConnectedRegions regions = ConnectedRegions.Find(keys, sample.Width, sample.Height, Connectivity.Eight);
        var found = new Region[regions.Areas.Count];
        var overlaps = new ClassOverlaps(classes);
        for (int i = 0; i < keys.Length; i++)
        {
            ref Region region = ref found[(int)regions.Labels[i]];
            (region.Class, region.Area) = ((int)keys[i] - 1, region.Area + 1);
            byte label = sample.Labels[i];
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

    private uint[] Keys(TrainingSample sample, float? threshold)
    {
        if (threshold is { } least)
            return [.. Foreground(sample).Select(probability => probability >= least ? 2u : 1u)];
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor best = WholeImages.Scores(network, TrainingBatch.Of([sample])).argmax(1).cpu().contiguous();
        return [.. best.data<long>().ToArray().Select(value => (uint)value + 1)];
    }

    /// <summary>The probability of the second of two classes at each pixel.</summary>
    private float[] Foreground(TrainingSample sample)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor scores = WholeImages.Scores(network, TrainingBatch.Of([sample])).to(float32);
        return [.. (scores[0, 1] - scores[0, 0]).sigmoid().cpu().contiguous().data<float>()];
    }

    private record struct Region(int Class, int Area, long Labelled, long Right, long OfFirst);
}
