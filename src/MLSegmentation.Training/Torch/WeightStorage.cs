using TorchSharp;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// All weights and statistics of a network one after the other in one tensor; the network's own are windows of it. What is done
/// to all of them, such as a copy or a moving average, is one operation then, which counts on a GPU.
/// </summary>
/// <remarks>
/// What is trained comes first: the encoder's stages from the first to the last, then the rest. So the weights that take a step
/// together lie together, also while the first stages are held.
/// </remarks>
internal sealed class WeightStorage : IDisposable
{
    // 64 bytes: what the vector instructions of processors and the tensor cores of GPUs want numbers to begin at.
    private const long Alignment = 16;

    // 1 MiB of each of the arrays that an operation touches.
    private const long CachedPiece = 1 << 18;

    // 256 MiB: enough for a GPU to be busy, and no copy of all weights beside them.
    private const long DevicePiece = 1 << 26;
    private readonly NetworkWeight[] _weights;
    private readonly long[] _offsets;
    private readonly long[][] _shapes;
    private readonly long[][] _strides;
    private readonly long[][] _memoryOrders;

    /// <summary>Moves the weights into one tensor.</summary>
    /// <param name="weights">The weights, each with its memory dense, in any order of the dimensions.</param>
    public WeightStorage(IEnumerable<NetworkWeight> weights)
    {
        _weights =
        [
            .. weights.OrderBy(one => !one.IsTrained).ThenBy(one => one.EncoderStage == 0).ThenBy(one => one.EncoderStage),
        ];
        _offsets = new long[_weights.Length + 1];
        for (int i = 0; i < _weights.Length; i++) _offsets[i + 1] = Aligned(_offsets[i] + _weights[i].Weight.numel());
        (_shapes, _strides) =
            ([.. _weights.Select(one => one.Weight.shape)], [.. _weights.Select(one => one.Weight.stride())]);
        _memoryOrders = [.. _strides.Select(MemoryOrder)];
        TrainedCount = _weights.Count(one => one.IsTrained);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        Values = zeros(_offsets[^1], device: _weights[0].Weight.device).DetachFromDisposeScope();
        for (int i = 0; i < _weights.Length; i++)
        {
            Tensor window = Window(Values, i).copy_(_weights[i].Weight);
            _weights[i].Weight.set_(window);
        }
        PieceSize = Values.device_type == DeviceType.CPU ? CachedPiece : DevicePiece;
    }

    /// <summary>All values, with zeros between some of them.</summary>
    public Tensor Values { get; }

    /// <summary>The weights in the order in which they lie here.</summary>
    public IReadOnlyList<NetworkWeight> Weights => _weights;

    /// <summary>Those that are trained: so many, from the first on.</summary>
    public int TrainedCount { get; }

    /// <summary>
    /// Numbers to work on at once: on a processor as many as stay in its cache from one operation to the next, as a step of a
    /// network with 100 million weights is bound by memory; on a GPU many more, as there the number of operations counts.
    /// </summary>
    public long PieceSize { get; init; }

    /// <summary>Whether every value is a number.</summary>
    public bool AreFinite
    {
        get
        {
            using var noGradients = no_grad();
            foreach (var (first, length) in Pieces(Values.numel()))
            {
                using var scope = NewDisposeScope();
                if (!Values.narrow(0, first, length).isfinite().all().item<bool>()) return false;
            }
            return true;
        }
    }

    /// <summary>So many numbers in pieces, the last of the rest: where each begins, and its length.</summary>
    public IEnumerable<(long First, long Length)> Pieces(long count)
    {
        for (long first = 0; first < count; first += PieceSize) yield return (first, Math.Min(PieceSize, count - first));
    }

    /// <summary>Where a weight begins; for their number, where the last one ends.</summary>
    public long Offset(int index) => _offsets[index];

    /// <summary>
    /// What a tensor laid out as <see cref="Values"/> has for a weight: a window of its shape, in its order of the dimensions.
    /// </summary>
    public Tensor Window(Tensor values, int index) => values.as_strided(_shapes[index], _strides[index], _offsets[index]);

    /// <summary>The windows of such a tensor by the names of the weights, as far as it reaches.</summary>
    public IEnumerable<(string Name, Tensor Value)> Windows(Tensor values) =>
        Enumerable.Range(0, _weights.Length).TakeWhile(i => _offsets[i] < values.numel())
            .Select(i => (_weights[i].Name, Window(values, i)));

    /// <summary>
    /// Values of a weight's shape, such as its gradient, in the order in which they lie here; a copy only where they are laid out
    /// otherwise.
    /// </summary>
    public Tensor Flat(Tensor values, int index)
    {
        using Tensor ordered = values.permute(_memoryOrders[index]);
        return ordered.reshape(-1);
    }

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();

    /// <summary>The dimensions from the one with the largest steps in memory to the one with the smallest.</summary>
    private static long[] MemoryOrder(long[] strides) =>
        [.. Enumerable.Range(0, strides.Length).OrderByDescending(axis => strides[axis]).Select(axis => (long)axis)];

    private static long Aligned(long offset) => (offset + Alignment - 1) / Alignment * Alignment;
}
