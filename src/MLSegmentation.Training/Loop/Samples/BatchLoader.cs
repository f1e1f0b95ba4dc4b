using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Makes batches of a <see cref="SampleSource"/> on a thread of its own, a few ahead of the training. Labels of pixels
/// (<c>hasLabels</c>) move with them; other labels, those of whole images or none, go along as they are.
/// </summary>
internal sealed class BatchLoader(SampleSource source, AugmentationOptions augmentation, int batchSize, int channels, int width,
    int height, bool hasLabels, int seed, Device device)
{
    private const int Ahead = 3;

    /// <summary>Batches in an epoch; the last one may be smaller.</summary>
    public int BatchesPerEpoch => (source.TrainingCount + batchSize - 1) / batchSize;

    /// <summary>The batches of an epoch from one of them on.</summary>
    public IEnumerable<TrainingBatch> Batches(int epoch, int first, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var ready = new BlockingCollection<TrainingBatch>(Ahead);
        Task producer = Task.Run(() => Produce(epoch, first, ready, stop.Token), CancellationToken.None);
        try
        {
            foreach (TrainingBatch batch in ready.GetConsumingEnumerable(CancellationToken.None)) yield return batch;
            producer.GetAwaiter().GetResult();
        }
        finally
        {
            // Also reached when the training stops within an epoch: the producer must be gone before the queue is.
            stop.Cancel();
            ((IAsyncResult)producer).AsyncWaitHandle.WaitOne();
        }
    }

    private void Produce(int epoch, int firstBatch, BlockingCollection<TrainingBatch> ready, CancellationToken cancellation)
    {
        try
        {
            int first = firstBatch * batchSize;
            foreach (TrainingSample[] samples in source.Epoch(epoch, cancellation).Skip(first).Chunk(batchSize))
            {
                ready.Add(Make(samples, epoch, first), cancellation);
                first += samples.Length;
            }
        }
        finally
        {
            ready.CompleteAdding();
        }
    }

    private TrainingBatch Make(TrainingSample[] samples, int epoch, int first)
    {
        int area = width * height, size = channels * area;
        var images = new byte[samples.Length * size];
        byte[] labels = hasLabels ? new byte[samples.Length * area] : [.. samples.SelectMany(sample => sample.Labels)];
        var views = new (int Row, bool IsFlipped)[samples.Length];
        Random[] randoms = [.. samples.Select((_, i) => new Random(HashSeed.Combine(seed, epoch, first + i)))];
        for (int i = 0; i < samples.Length; i++)
        {
            Span<byte> view = hasLabels ? labels.AsSpan(i * area, area) : [];
            bool isFlipped = Augmentation.Apply(
                samples[i], augmentation, randoms[i], width, height, images.AsSpan(i * size, size), view);
            views[i] = (samples[i].Row, isFlipped);
        }
        for (int i = 0; hasLabels && i < samples.Length; i++)
        {
            if (randoms[i].NextDouble() >= augmentation.CutMix) continue;
            int other = (i + 1) % samples.Length;
            CutMix.Apply(
                images.AsSpan(i * size, size), labels.AsSpan(i * area, area), images.AsSpan(other * size, size),
                labels.AsSpan(other * area, area),
                width, height, randoms[i]);
        }
        var batch = new TrainingBatch(samples.Length, channels, height, width, images, labels) { Views = views };
        batch.Prepare(device);
        return batch;
    }
}
