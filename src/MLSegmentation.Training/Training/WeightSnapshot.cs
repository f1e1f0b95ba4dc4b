using MLSegmentation.Training.Torch;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>A copy of a network's weights and statistics, to go back to.</summary>
internal sealed class WeightSnapshot : IDisposable
{
    private readonly Tensor[] _live;
    private readonly Tensor[] _copies;

    /// <summary>Copies the weights as they are now.</summary>
    public WeightSnapshot(TorchNetwork network)
    {
        _live = [.. network.state_dict().Values];
        _copies = [.. _live.Select(weight => weight.detach().clone().DetachFromDisposeScope())];
    }

    /// <summary>Whether every weight of the network is a number now.</summary>
    public bool IsLiveFinite
    {
        get
        {
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            return _live.All(weight => weight.isfinite().all().item<bool>());
        }
    }

    /// <summary>Copies them again.</summary>
    public void Take() => Copy(_live, _copies);

    /// <summary>Puts the copies back.</summary>
    public void Restore() => Copy(_copies, _live);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor copy in _copies) copy.Dispose();
    }

    private static void Copy(Tensor[] from, Tensor[] to)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        for (int i = 0; i < from.Length; i++) to[i].copy_(from[i]);
    }
}
