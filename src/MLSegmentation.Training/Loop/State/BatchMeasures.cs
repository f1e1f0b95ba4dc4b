using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// The loss and the measure of a batch, on their way from the device. On a GPU they come when it has computed them; to ask it for
/// them would wait for all that it was given to do.
/// </summary>
internal sealed class BatchMeasures : IDisposable
{
    // Not the NaN that any computation answers.
    private const int NotThereYet = 0x7fe5_a5a5;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private readonly Device _device;
    private readonly Tensor _numbers;

    /// <summary>Begins to fetch them.</summary>
    /// <param name="loss">The loss, a single number.</param>
    /// <param name="metric">The measure, a single number.</param>
    /// <param name="images">Images of the batch.</param>
    public BatchMeasures(Tensor loss, Tensor metric, int images)
    {
        (Images, _device) = (images, loss.device);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        float nothing = BitConverter.Int32BitsToSingle(NotThereYet);
        Tensor memory = tensor(new[] { nothing, nothing });

        // Into page-locked memory a GPU copies when it comes to it, while the processor goes on.
        _numbers = (_device.type == DeviceType.CUDA ? memory.pin_memory() : memory).DetachFromDisposeScope();
        _numbers.copy_(stack([loss, metric]), true);
        IsProven = loss.isfinite().DetachFromDisposeScope();
    }

    /// <summary>Images of the batch.</summary>
    public int Images { get; }

    /// <summary>On the device: whether the loss is a number, and so the weights that it was computed with are sound.</summary>
    public Tensor IsProven { get; }

    /// <summary>The loss; waits for it.</summary>
    public float Loss => Wait(0);

    /// <summary>The measure; waits for it.</summary>
    public float Metric => Wait(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        _numbers.Dispose();
        IsProven.Dispose();
    }

    private float Wait(int index)
    {
        Span<int> bits = MemoryMarshal.Cast<byte, int>(_numbers.bytes);
        if (Volatile.Read(ref bits[index]) == NotThereYet)
        {
            var clock = Stopwatch.StartNew();
            var spin = default(SpinWait);
            while (Volatile.Read(ref bits[index]) == NotThereYet && clock.Elapsed < _patience) spin.SpinOnce();

            // Where the GPU failed nothing will come; then this says why.
            if (Volatile.Read(ref bits[index]) == NotThereYet) cuda.synchronize(_device);
        }
        return BitConverter.Int32BitsToSingle(Volatile.Read(ref bits[index]));
    }
}
