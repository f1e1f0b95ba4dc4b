using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>A copy of a network's weights and statistics: to go back to, or as a moving average of them.</summary>
internal sealed class WeightSnapshot : IDisposable
{
    private readonly Tensor[] _live;
    private readonly Tensor[] _copies;

    /// <summary>Copies the weights as they are now.</summary>
    public WeightSnapshot(TorchNetwork network)
    {
        (Names, _live) =
            ([.. network.WeightsByName.Select(one => one.Name)], [.. network.WeightsByName.Select(one => one.Weight)]);
        using var scope = NewDisposeScope();
        _copies = [.. _live.Select(weight => weight.detach().clone().DetachFromDisposeScope())];
    }

    /// <summary>The copies by the names of the weights.</summary>
    public IEnumerable<(string Name, Tensor Value)> Values => Names.Zip(_copies);

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

    private string[] Names { get; }

    /// <summary>Copies them again.</summary>
    public void Take() => Copy(_live, _copies);

    /// <summary>
    /// Moves the copies towards the weights as they are now: by all of the way at 1, by a part of it for a moving average.
    /// </summary>
    public void MoveTowardsLive(double part)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        for (int i = 0; i < _live.Length; i++) _copies[i].MoveTowards(_live[i], part);
    }

    /// <summary>Puts the copies back.</summary>
    public void Restore() => Copy(_copies, _live);

    /// <summary>Puts the copies into the network, and what was there into the copies.</summary>
    public void Swap()
    {
        using var noGradients = no_grad();
        for (int i = 0; i < _live.Length; i++)
        {
            using Tensor live = _live[i].clone();
            _live[i].copy_(_copies[i]);
            _copies[i].copy_(live);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor copy in _copies) copy.Dispose();
    }

    private static void Copy(Tensor[] from, Tensor[] to)
    {
        using var noGradients = no_grad();
        for (int i = 0; i < from.Length; i++) to[i].copy_(from[i]);
    }
}
