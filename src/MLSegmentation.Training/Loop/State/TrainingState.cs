namespace MLSegmentation.Training;

/// <summary>Everything that changes in the course of a training.</summary>
internal sealed class TrainingState : IDisposable
{
    /// <summary>The state before the first step.</summary>
    public TrainingState(TorchNetwork network, Optimizer optimizer)
    {
        (Network, Optimizer) = (network, optimizer);
        Kept = new WeightSnapshot(network);
    }

    /// <summary>The network that is trained.</summary>
    public TorchNetwork Network { get; }

    /// <summary>The optimiser with its state.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The last weights that are known to be good, or the moving average of all those.</summary>
    public WeightSnapshot Kept { get; }

    /// <summary>The weights of the best validation; null before the first one.</summary>
    public WeightSnapshot? Best { get; private set; }

    /// <summary>What watches the classes that are predicted; null where there are none.</summary>
    public CollapseWatch? Watch { get; init; }

    /// <summary>How far the training has come.</summary>
    public TrainingPosition Position { get; set; } = new();

    /// <summary>Keeps the network's weights as the best ones.</summary>
    public void KeepBest()
    {
        if (Best is null) Best = new WeightSnapshot(Network);
        else Best.Take();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kept.Dispose();
        Best?.Dispose();
        Optimizer.Dispose();
    }
}
