namespace MLSegmentation.Training;

/// <summary>How many pixels the classes have in the training images.</summary>
internal sealed class ClassFrequencies
{
    private readonly long[] _pixels;
    private readonly long[] _pixelsOfImages;

    /// <summary>Counts the labels of the samples; ignored pixels count nowhere.</summary>
    public ClassFrequencies(IEnumerable<TrainingSample> samples, int classes)
    {
        (_pixels, _pixelsOfImages) = (new long[classes], new long[classes]);
        var counts = new long[byte.MaxValue + 1];
        foreach (TrainingSample sample in samples)
        {
            Array.Clear(counts);
            foreach (byte label in sample.Labels) counts[label]++;
            long labelled = sample.Labels.Length - counts[TrainingSample.Ignored];
            for (int index = 0; index < classes; index++)
            {
                _pixels[index] += counts[index];
                if (counts[index] > 0) _pixelsOfImages[index] += labelled;
            }
        }
    }

    /// <summary>The pixels of each class.</summary>
    public IReadOnlyList<long> Pixels => _pixels;

    /// <summary>The weight of each class; 1 for a class without pixels.</summary>
    public float[] Weights(ClassWeighting weighting) => weighting switch
    {
        ClassWeighting.None => [.. _pixels.Select(_ => 1f)],
        ClassWeighting.InverseFrequency => InverseFrequency(),
        ClassWeighting.MedianFrequency => MedianFrequency(),
        _ => throw new ArgumentOutOfRangeException(nameof(weighting), weighting, "There is no such weighting."),
    };

    private float[] InverseFrequency()
    {
        double all = _pixels.Sum();
        return [.. _pixels.Select(pixels => pixels == 0 ? 1 : (float)(all / _pixels.Length / pixels))];
    }

    private float[] MedianFrequency()
    {
        double[] frequencies = [.. _pixels.Select((pixels, index) => pixels / (double)Math.Max(_pixelsOfImages[index], 1))];
        double[] sorted = [.. frequencies.Where(frequency => frequency > 0).Order()];
        if (sorted.Length == 0) return [.. frequencies.Select(_ => 1f)];
        double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return [.. frequencies.Select(frequency => frequency == 0 ? 1 : (float)(median / frequency))];
    }
}
