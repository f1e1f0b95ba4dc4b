using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Makes batches of a <see cref="SampleSource"/> a few ahead of the training, also the first ones of the next epoch: one thread
/// reads samples, others make a batch each. The batches are the same whatever their number. Labels of pixels (<c>hasLabels</c>)
/// move with them; other labels, those of whole images or none, go along as they are.
/// </summary>
internal sealed class BatchLoader(SampleSource source, AugmentationOptions augmentation, int batchSize, int channels, int width,
    int height, bool hasLabels, int seed, Device device) : IDisposable
{
    // What a thread makes while the training takes another one; more threads than that wait for room.
    private const int LeastAhead = 3;
    private const long MostBytesAhead = 256L << 20;
    private (int Epoch, BatchQueue Queue)? _ahead;

    /// <summary>Batches that are made at a time at most. Default one for each core, but at most 16.</summary>
    public int Threads { get; init; } = Math.Min(Environment.ProcessorCount, 16);

    /// <summary>Batches in an epoch; the last one may be smaller.</summary>
    public int BatchesPerEpoch => (source.TrainingCount + batchSize - 1) / batchSize;

    /// <summary>Images of a batch.</summary>
    public int BatchSize => batchSize;

    /// <summary>Pixels of a batch.</summary>
    public long BatchArea => (long)batchSize * Area;

    private int Area => width * height;

    /// <summary>The batches of an epoch from one of them on.</summary>
    public IEnumerable<TrainingBatch> Batches(int epoch, int first, CancellationToken cancellation)
    {
        using BatchQueue queue = TakeAhead(epoch, first) ?? Start(epoch, first, cancellation);
        foreach (TrainingBatch batch in queue.Take())
        {
            // So that nobody waits for the first batch of the next epoch, which one thread makes. Rows that are not in memory are
            // read for one epoch at a time.
            if (source.IsInMemory && queue.IsAllAdded) _ahead ??= (epoch + 1, Start(epoch + 1, 0, cancellation));
            yield return batch;
        }
    }

    /// <summary>Stops the making of batches that nobody took.</summary>
    public void Dispose()
    {
        _ahead?.Queue.Dispose();
        _ahead = null;
    }

    private BatchQueue? TakeAhead(int epoch, int first)
    {
        if (_ahead is not { } ahead) return null;
        _ahead = null;
        if (ahead.Epoch == epoch && first == 0) return ahead.Queue;
        ahead.Queue.Dispose();
        return null;
    }

    private BatchQueue Start(int epoch, int first, CancellationToken cancellation)
    {
        long room = MostBytesAhead / ((channels + 1L) * Area * batchSize);
        return new BatchQueue(
            (int)Math.Clamp(room, LeastAhead, Threads + LeastAhead), (ready, stop) => Produce(epoch, first, ready, stop),
            cancellation);
    }

    private void Produce(
        int epoch, int firstBatch, BlockingCollection<Task<TrainingBatch>> ready, CancellationToken cancellation)
    {
        TaskScheduler threads = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Threads).ConcurrentScheduler;
        int next = firstBatch * batchSize;
        foreach (TrainingSample[] samples in source.Epoch(epoch, cancellation).Skip(next).Chunk(batchSize))
        {
            int first = next;
            var batch = new Task<TrainingBatch>(() => Make(samples, epoch, first, cancellation), CancellationToken.None);
            ready.Add(batch, cancellation);
            batch.Start(threads);
            next += samples.Length;
        }
    }

    private TrainingBatch Make(TrainingSample[] samples, int epoch, int first, CancellationToken cancellation)
    {
        int size = channels * Area, count = samples.Length;
        byte[] images = GC.AllocateUninitializedArray<byte>(count * size);
        byte[] labels = hasLabels
            ? GC.AllocateUninitializedArray<byte>(count * Area)
            : [.. samples.SelectMany(sample => sample.Labels)];
        var views = new (int Row, bool IsFlipped)[count];
        Random[] randoms = [.. samples.Select((_, i) => new Random(HashSeed.Combine(seed, epoch, first + i)))];
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<byte> view = hasLabels ? labels.AsSpan(i * Area, Area) : [];
            bool isFlipped = Augmentation.Apply(
                samples[i], augmentation, randoms[i], width, height, images.AsSpan(i * size, size), view);
            views[i] = (samples[i].Row, isFlipped);
        }
        if (hasLabels) MixRectangles(images, labels, randoms);
        var batch = new TrainingBatch(count, channels, height, width, images, labels) { Views = views };
        batch.Prepare(device);
        return batch;
    }

    private void MixRectangles(byte[] images, byte[] labels, Random[] randoms)
    {
        int size = channels * Area;
        for (int i = 0; i < randoms.Length; i++)
        {
            if (randoms[i].NextDouble() >= augmentation.CutMix) continue;
            int other = (i + 1) % randoms.Length;
            CutMix.Apply(
                images.AsSpan(i * size, size), labels.AsSpan(i * Area, Area), images.AsSpan(other * size, size),
                labels.AsSpan(other * Area, Area),
                width, height, randoms[i]);
        }
    }
}
