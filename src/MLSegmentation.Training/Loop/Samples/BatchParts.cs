using System.Runtime.InteropServices;

namespace MLSegmentation.Training;

/// <summary>
/// The batches of a step, in as many parts as the memory of the device needs. A batch that does not fit is halved, and the
/// gradients of its parts are added up to those of the batch; only batch normalisation sees fewer images at once.
/// </summary>
/// <param name="warn">Is told when parts get smaller.</param>
/// <param name="letGo">
/// Frees what is on the device only to be quick, and answers whether there was any. Default null: there is nothing.
/// </param>
internal sealed class BatchParts(Action<string> warn, Func<bool>? letGo = null)
{
    // What CUDA's allocator says, CUDA itself, the processor's allocator on Linux and that on Windows.
    private static readonly string[] _outOfMemory =
    [
        "CUDA out of memory", "CUDA error: out of memory", "DefaultCPUAllocator: can't allocate",
        "DefaultCPUAllocator: not enough",
    ];

    // Images of a step, and whole ones of a validation, which may be larger or smaller and have no gradients.
    private int _mostImages = int.MaxValue, _mostWhole = int.MaxValue;

    /// <summary>Passes the batches of a step on; from the start again in smaller parts where the memory is not enough.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="begin">Begins the step: forgets the gradients of a try before.</param>
    /// <param name="pass">
    /// Computes the gradients of a part. It is given the number that its loss is divided by, to count as its part of the step.
    /// </param>
    /// <exception cref="InvalidOperationException">The memory does not hold one image.</exception>
    public void Accumulate(IReadOnlyList<TrainingBatch> batches, Action begin, Action<TrainingBatch, double> pass)
    {
        while (true)
        {
            begin();
            try
            {
                foreach (TrainingBatch batch in batches)
                {
                    foreach (TrainingBatch part in batch.Parts(_mostImages))
                        pass(part, (double)batches.Count * batch.Count / part.Count);
                }
                return;
            }
            catch (ExternalException error) when (IsOutOfMemory(error))
            {
                if (!LetGo()) Halve(batches.Max(batch => batch.Count), error);
            }
        }
    }

    /// <summary>Passes batches on that no gradients are computed of, each in as many parts as the memory needs.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="pass">Takes a part in; of one that the memory did not hold it must have taken in nothing.</param>
    /// <exception cref="InvalidOperationException">The memory does not hold one image.</exception>
    public void ForEach(IEnumerable<TrainingBatch> batches, Action<TrainingBatch> pass)
    {
        foreach (TrainingBatch batch in batches)
        {
            foreach (TrainingBatch part in batch.Parts(_mostWhole)) PassWhole(part, pass);
        }
    }

    /// <summary>Whether an error of libtorch says that memory is missing.</summary>
    internal static bool IsOutOfMemory(ExternalException error) =>
        _outOfMemory.Any(text => error.Message.Contains(text, StringComparison.Ordinal));

    private void PassWhole(TrainingBatch batch, Action<TrainingBatch> pass)
    {
        try
        {
            pass(batch);
            return;
        }
        catch (ExternalException error) when (IsOutOfMemory(error))
        {
            if (!LetGo())
            {
                if (batch.Count == 1) throw TooLarge(error, "to validate");
                _mostWhole = (batch.Count + 1) / 2;
                warn(
                    $"The memory of the device does not hold {Plural.Of(batch.Count, "whole image")} at once. They are validated "
                    + $"{_mostWhole} at a time.");
            }
        }

        // Outside of the catch: there the error would keep what it came from.
        foreach (TrainingBatch part in batch.Parts(_mostWhole)) PassWhole(part, pass);
    }

    private bool LetGo()
    {
        if (letGo?.Invoke() != true) return false;
        warn(
            "The memory of the device is full. Features of the encoder that were kept there are read from the processor's "
            + "memory.");
        return true;
    }

    private static InvalidOperationException TooLarge(ExternalException error, string what) => new(
        $"The memory of the device does not hold one image {what}: {error.Message.Split('\n')[0]} Give a smaller "
        + "window or image size, or a smaller network.",
        error);

    private void Halve(int count, ExternalException error)
    {
        int most = Math.Min(count, _mostImages);
        if (most == 1) throw TooLarge(error, "in training");
        _mostImages = (most + 1) / 2;
        warn(
            $"The memory of the device does not hold a batch of {Plural.Of(most, "image")}. The training goes on with "
            + $"{_mostImages} at a time, whose gradients are added up: a step is of as many images as before.");
    }
}
