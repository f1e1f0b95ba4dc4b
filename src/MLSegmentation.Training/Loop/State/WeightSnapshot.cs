using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>A copy of a network's weights and statistics: to go back to, or as a moving average of them.</summary>
internal sealed class WeightSnapshot : IDisposable
{
    private readonly WeightStorage _storage;
    private readonly Tensor _copy;
    private readonly (string Name, Tensor Value)[] _windows;

    /// <summary>Copies the weights as they are now.</summary>
    public WeightSnapshot(TorchNetwork network)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        _storage = network.Storage;
        _copy = _storage.Values.clone().DetachFromDisposeScope();
        _windows = [.. _storage.Windows(_copy).Select(one => (one.Name, one.Value.DetachFromDisposeScope()))];
    }

    /// <summary>The copies by the names of the weights.</summary>
    public IEnumerable<(string Name, Tensor Value)> Values => _windows;

    /// <summary>Copies them again.</summary>
    /// <param name="isSound">Whether to, said by the device; null for yes.</param>
    public void Take(Tensor? isSound = null) => MoveTowardsLive(1, isSound);

    /// <summary>
    /// Moves the copies towards the weights as they are now: by all of the way at 1, by a part of it for a moving average.
    /// </summary>
    /// <param name="part">The part of the way.</param>
    /// <param name="isSound">Whether to, said by the device, so that nobody waits for it; null for yes.</param>
    public void MoveTowardsLive(double part, Tensor? isSound = null)
    {
        EachPiece((live, copy) =>
        {
            Tensor target = isSound is null ? live : where(isSound, live, copy);
            if (part == 1) copy.copy_(target);
            else copy.MoveTowards(target, part);
        });
    }

    /// <summary>Puts the copies back.</summary>
    public void Restore()
    {
        using var noGradients = no_grad();
        _storage.Values.copy_(_copy);
    }

    /// <summary>Puts the copies into the network, and what was there into the copies.</summary>
    public void Swap() => EachPiece((live, copy) =>
    {
        Tensor before = live.clone();
        live.copy_(copy);
        copy.copy_(before);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, window) in _windows) window.Dispose();
        _copy.Dispose();
    }

    /// <summary>In pieces, so that a card that the weights fill needs no third copy of them.</summary>
    private void EachPiece(Action<Tensor, Tensor> work)
    {
        using var noGradients = no_grad();
        foreach (var (first, length) in _storage.Pieces(_storage.Values.numel()))
        {
            using var scope = NewDisposeScope();
            work(_storage.Values.narrow(0, first, length), _copy.narrow(0, first, length));
        }
    }
}
