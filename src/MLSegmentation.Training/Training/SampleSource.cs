using Microsoft.ML;

namespace MLSegmentation.Training;

/// <summary>
/// The rows to train on, each epoch in another order. As long as they fit into the memory given they are read once; where they do
/// not, every epoch streams them from the <see cref="IDataView"/> and shuffles them in a pool.
/// </summary>
internal sealed class SampleSource
{
    private const int PoolSize = 256;
    private const long LeastPoolBytes = 64 << 20;
    private readonly IDataView _view;
    private readonly ISampleReader _reader;
    private readonly int _seed;
    private readonly long _memory;
    private readonly HashSet<long> _heldBack;
    private readonly List<TrainingSample>? _training;

    /// <summary>Reads as many rows as the memory holds.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="reader">What makes samples of them.</param>
    /// <param name="validationFraction">The part of the rows that is held back, 0 to below 1.</param>
    /// <param name="memory">Bytes that samples may take.</param>
    /// <param name="seed">Equal seeds hold back the same rows and shuffle alike.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidOperationException">No row is left to train on.</exception>
    public SampleSource(IDataView view, ISampleReader reader, double validationFraction, long memory, int seed, CancellationToken cancellation)
    {
        (_view, _reader, _seed, _memory) = (view, reader, seed, memory);
        int rows = checked((int)(view.GetRowCount() ?? CountRows(view)));
        var shuffled = Enumerable.Range(0, rows).Select(row => (long)row).ToArray();
        new Random(seed).Shuffle(shuffled);
        _heldBack = [.. shuffled.Take((int)Math.Round(rows * validationFraction))];
        TrainingCount = rows - _heldBack.Count;
        if (TrainingCount == 0) throw new InvalidOperationException($"There are {rows} rows and {_heldBack.Count} are held back for validation, so none is left to train on.");
        _training = TryReadAll(memory, cancellation);
    }

    /// <summary>Rows to train on.</summary>
    public int TrainingCount { get; }

    /// <summary>Whether rows are held back for validation.</summary>
    public bool HasValidation => _heldBack.Count > 0;

    /// <summary>The samples to train on, in the order of an epoch.</summary>
    public IEnumerable<TrainingSample> Epoch(int epoch, CancellationToken cancellation)
    {
        var random = new Random(HashSeed.Combine(_seed, epoch));
        if (_training is null) return ShuffleInPool(Read(isHeldBack: false, cancellation), random, Math.Max(_memory, LeastPoolBytes));
        int[] order = [.. Enumerable.Range(0, _training.Count)];
        random.Shuffle(order);
        return order.Select(index => _training[index]);
    }

    /// <summary>The samples held back, in the order of the rows.</summary>
    public IEnumerable<TrainingSample> Validation(CancellationToken cancellation) => Read(isHeldBack: true, cancellation);

    /// <summary>The first samples, as they are in memory or come.</summary>
    public IEnumerable<TrainingSample> First(int count, CancellationToken cancellation) =>
        (_training ?? Read(isHeldBack: false, cancellation)).Take(count);

    private static long CountRows(IDataView view)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([]);
        long rows = 0;
        while (cursor.MoveNext()) rows++;
        return rows;
    }

    private List<TrainingSample>? TryReadAll(long memory, CancellationToken cancellation)
    {
        var samples = new List<TrainingSample>();
        foreach (TrainingSample sample in Read(isHeldBack: false, cancellation))
        {
            memory -= sample.Size;
            if (memory < 0) return null;
            samples.Add(sample);
        }
        return samples;
    }

    private IEnumerable<TrainingSample> Read(bool isHeldBack, CancellationToken cancellation)
    {
        using DataViewRowCursor cursor = _view.GetRowCursor(_reader.Columns);
        Func<TrainingSample> read = _reader.Open(cursor);
        for (long row = 0; cursor.MoveNext(); row++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_heldBack.Contains(row) == isHeldBack) yield return read();
        }
    }

    private static IEnumerable<TrainingSample> ShuffleInPool(IEnumerable<TrainingSample> samples, Random random, long memory)
    {
        var pool = new List<TrainingSample>(PoolSize);
        foreach (TrainingSample sample in samples)
        {
            memory -= sample.Size;
            if (pool.Count < PoolSize && (memory >= 0 || pool.Count == 0))
            {
                pool.Add(sample);
                continue;
            }
            int index = random.Next(pool.Count);
            memory += pool[index].Size;
            yield return pool[index];
            pool[index] = sample;
        }
        TrainingSample[] rest = [.. pool];
        random.Shuffle(rest);
        foreach (TrainingSample sample in rest) yield return sample;
    }
}
