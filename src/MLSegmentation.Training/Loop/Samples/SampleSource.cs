using Microsoft.ML;

namespace MLSegmentation.Training;

/// <summary>
/// The rows to train on, each epoch in another order, and the rows to validate with. As long as they fit into the memory given
/// they are read once; where they do not, every epoch streams them from the <see cref="IDataView"/> and shuffles them in a pool.
/// </summary>
internal sealed class SampleSource
{
    private const int PoolSize = 256;
    private const long LeastPoolBytes = 64 << 20;
    private readonly int _seed;
    private readonly long _memory;
    private readonly SampleRows _training;
    private readonly SampleRows? _validation;

    /// <summary>Reads as many rows as the memory holds.</summary>
    /// <param name="view">The rows to train on.</param>
    /// <param name="validation">The rows to validate with; null to hold back a part of the others.</param>
    /// <param name="reader">What makes samples of them.</param>
    /// <param name="validationFraction">
    /// The part of the rows that is held back, 0 to below 1; none where there are rows to validate with.
    /// </param>
    /// <param name="memory">Bytes that samples may take.</param>
    /// <param name="seed">Equal seeds hold back the same rows and shuffle alike.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidOperationException">No row is left to train on, or there is none to validate with.</exception>
    public SampleSource(
        IDataView view, IDataView? validation, ISampleReader reader, double validationFraction, long memory, int seed,
        CancellationToken cancellation)
    {
        (_seed, _memory) = (seed, memory);
        int rows = Count(view);
        var shuffled = Enumerable.Range(0, rows).Select(row => (long)row).ToArray();
        new Random(seed).Shuffle(shuffled);
        HashSet<long> heldBack = [.. shuffled.Take(validation is null ? HeldBack(rows, validationFraction) : 0)];
        TrainingCount = rows - heldBack.Count;
        if (TrainingCount == 0)
        {
            throw new InvalidOperationException(
                $"There are {rows} rows and {heldBack.Count} are held back for validation, so none is left to train on.");
        }
        _training = new SampleRows(view, reader, row => !heldBack.Contains(row), memory, cancellation);
        long left = memory - _training.Size;
        if (validation is not null)
        {
            if (Count(validation) == 0)
                throw new InvalidOperationException("The validation set has no rows; give some, or none at all.");
            _validation = new SampleRows(validation, reader, _ => true, left, cancellation);
        }
        else if (heldBack.Count > 0) _validation = new SampleRows(view, reader, heldBack.Contains, left, cancellation);
    }

    /// <summary>Rows to train on.</summary>
    public int TrainingCount { get; }

    /// <summary>Bytes that the samples take in memory.</summary>
    public long Size => _training.Size + (_validation?.Size ?? 0);

    /// <summary>Whether the rows to train on are in memory.</summary>
    public bool IsInMemory => _training.AreCached;

    /// <summary>Whether there are rows for validation.</summary>
    public bool HasValidation => _validation is not null;

    /// <summary>What the rows came to, by the names of <see cref="ResumeRules"/>.</summary>
    public IEnumerable<(string Name, string Value)> Facts =>
    [
        (ResumeRules.ImageData, _training.Fingerprint),
        (ResumeRules.ValidationData, _validation?.Fingerprint ?? "none"),
        // Rows that are in memory are shuffled in another way than those that are not.
        (nameof(TrainerOptions.CacheMegabytes), _training.AreCached ? "enough for all images" : $"{_memory >> 20}"),
    ];

    /// <summary>The samples to train on, in the order of an epoch.</summary>
    public IEnumerable<TrainingSample> Epoch(int epoch, CancellationToken cancellation)
    {
        var random = new Random(HashSeed.Combine(_seed, epoch));
        if (!IsInMemory) return ShuffleInPool(_training.Read(cancellation), random, Math.Max(_memory, LeastPoolBytes));
        int[] order = [.. Enumerable.Range(0, TrainingCount)];
        random.Shuffle(order);
        return _training.InOrder(order);
    }

    /// <summary>The samples for validation, in the order of the rows.</summary>
    public IEnumerable<TrainingSample> Validation(CancellationToken cancellation) => _validation?.Read(cancellation) ?? [];

    /// <summary>The samples for validation, those of equal size together in batches; their order may be another.</summary>
    /// <param name="most">Images in a batch at most.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public IEnumerable<TrainingBatch> ValidationBatches(int most, CancellationToken cancellation) =>
        EqualSizes.Batches(Validation(cancellation), most);

    /// <summary>The samples to train on, in the order of the rows.</summary>
    public IEnumerable<TrainingSample> Training(CancellationToken cancellation) => _training.Read(cancellation);

    /// <summary>The number of rows, counted where the view does not know it.</summary>
    public static int Count(IDataView view)
    {
        if (view.GetRowCount() is long known) return checked((int)known);
        using DataViewRowCursor cursor = view.GetRowCursor([]);
        int rows = 0;
        while (cursor.MoveNext()) rows++;
        return rows;
    }

    /// <summary>The rows that a part of them is: at least one, where any are asked for.</summary>
    private static int HeldBack(int rows, double part) => part > 0 ? Math.Max((int)Math.Round(rows * part), 1) : 0;

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
