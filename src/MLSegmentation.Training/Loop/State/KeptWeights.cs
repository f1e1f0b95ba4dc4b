using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>Which weights a training keeps: the last that were good, or the moving average of these, and the best ones.</summary>
internal sealed class KeptWeights(TrainingState state, TrainerOptions options)
{
    private bool IsAveraged => options.WeightAveraging > 0;

    private WeightSnapshot? Best => options.RestoreBestWeights ? state.Best : null;

    // The first weights are no better than chance, so the average forgets them fast, as TensorFlow's
    // ExponentialMovingAverage does.
    private double AveragedPart =>
        1 - Math.Min(options.WeightAveraging, (1.0 + state.Position.Step) / (10 + state.Position.Step));

    /// <summary>Whether averages are to be compared with the weights themselves.</summary>
    public bool AreCompared => IsAveraged && options.RestoreBestWeights;

    /// <summary>Whether every weight of the network is a number now.</summary>
    public bool AreFinite => state.Network.Storage.AreFinite;

    /// <summary>
    /// Weights are good once a batch has a loss with them: these go into the average, or, without one, are kept once an epoch.
    /// </summary>
    /// <param name="isProven">Whether they are, said by the device; null where that is known.</param>
    public void KeepProven(Tensor? isProven = null)
    {
        if (IsAveraged) state.Kept.MoveTowardsLive(AveragedPart, isProven);
        else if (state.Position.Batch == 0) state.Kept.Take(isProven);
    }

    /// <summary>Keeps the weights in use as the best ones, where the options ask for these.</summary>
    public void KeepBest()
    {
        if (options.RestoreBestWeights) state.KeepBest();
    }

    /// <summary>Lets the network have the average, where there is one, until the result is disposed.</summary>
    public IDisposable? UseKept() => IsAveraged ? new Swapped(state.Kept) : null;

    /// <summary>Gives the network the weights that the training ends with.</summary>
    /// <exception cref="InvalidOperationException">No step was taken.</exception>
    /// <exception cref="TrainingDivergedException">The weights are no numbers.</exception>
    public void Finish()
    {
        state.Network.eval();
        if (state.Position.Step == 0)
        {
            throw new InvalidOperationException(
                "The time for training was over before its first step: reading the images took all of it. "
                + "Give more time, or epochs.");
        }
        if (!AreFinite) throw Diverged(state.Position, "it ended with weights that are no numbers");
        if (Best is { } best)
        {
            best.Restore();
        }
        else if (IsAveraged)
        {
            state.Kept.MoveTowardsLive(AveragedPart);
            state.Kept.Restore();
        }
    }

    /// <summary>Gives the network its best or its last good weights back.</summary>
    /// <param name="position">How far the training had come before it went wrong.</param>
    /// <param name="what">What went wrong.</param>
    /// <returns>The error to throw.</returns>
    public TrainingDivergedException Diverged(TrainingPosition position, string what)
    {
        WeightSnapshot? best = Best;
        (best ?? state.Kept).Restore();
        state.Network.eval();
        int good = position.Batch == 0 ? position.Epoch - 1 : position.Epoch;
        string kept = best is not null ? "the weights of the best validation are kept"
            : IsAveraged && position.Step > 0 ? "the average of the weights before that is kept"
            : good > 0 ? $"the weights from the start of epoch {good + 1} are kept"
            : "no weights were trained before";
        return new TrainingDivergedException(
            $"Training stopped at step {position.Step + 1} (epoch {position.Epoch + 1}): {what}, and {kept}. "
            + "Lower the learning rate, or look for damaged images.",
            hasTrainedWeights: best is not null || good > 0 || (IsAveraged && position.Step > 0));
    }

    private sealed class Swapped : IDisposable
    {
        private readonly WeightSnapshot _kept;

        public Swapped(WeightSnapshot kept)
        {
            _kept = kept;
            _kept.Swap();
        }

        public void Dispose() => _kept.Swap();
    }
}
