using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>A copy of a network's weights and statistics: to go back to, or as a moving average of them.</summary>
internal sealed class WeightSnapshot : IDisposable
{
    private readonly Tensor _live;
    private readonly Tensor _copy;
    private readonly (string Name, Tensor Value)[] _windows;

    /// <summary>Copies the weights as they are now.</summary>
    public WeightSnapshot(TorchNetwork network)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        _live = network.Storage.Values;
        _copy = _live.clone().DetachFromDisposeScope();
        _windows = [.. network.Storage.Windows(_copy).Select(one => (one.Name, one.Value.DetachFromDisposeScope()))];
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
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor target = isSound is null ? _live : where(isSound, _live, _copy);
        if (part == 1) _copy.copy_(target);
        else _copy.MoveTowards(target, part);
    }

    /// <summary>Puts the copies back.</summary>
    public void Restore() => Copy(_copy, _live);

    /// <summary>Puts the copies into the network, and what was there into the copies.</summary>
    public void Swap()
    {
        using Tensor live = _live.clone();
        Copy(_copy, _live);
        Copy(live, _copy);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, window) in _windows) window.Dispose();
        _copy.Dispose();
    }

    private static void Copy(Tensor from, Tensor to)
    {
        using var noGradients = no_grad();
        to.copy_(from);
    }
}
