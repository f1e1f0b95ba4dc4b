using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>The losses and measures of a step's batches.</summary>
/// <param name="Position">How far the training had come before the step.</param>
/// <param name="LearningRate">The step's learning rate.</param>
/// <param name="Batches">Its batches.</param>
/// <param name="Parts">Those of each batch, or of each part of one.</param>
internal sealed record StepMeasures(TrainingPosition Position, double LearningRate, int Batches, List<BatchMeasures> Parts)
    : IDisposable
{
    /// <summary>The first loss that is no number; null where all are. Waits for them.</summary>
    public float? BadLoss
    {
        get
        {
            foreach (float loss in Parts.Select(part => part.Loss))
            {
                if (!float.IsFinite(loss)) return loss;
            }
            return null;
        }
    }

    /// <summary>The mean loss of the step's images; waits for it.</summary>
    public RunningMean Loss =>
        Parts.Aggregate(default(RunningMean), (mean, part) => mean.With(part.Loss, part.Images));

    /// <summary>The mean measure of the step's images; waits for it.</summary>
    public RunningMean Metric =>
        Parts.Aggregate(default(RunningMean), (mean, part) => mean.With(part.Metric, part.Images));

    /// <summary>On the device: whether all losses are numbers.</summary>
    public Tensor AreProven()
    {
        using var scope = NewDisposeScope();
        return stack([.. Parts.Select(part => part.IsProven)]).all().MoveToOuterDisposeScope();
    }

    /// <summary>Begins anew.</summary>
    public void Forget()
    {
        Dispose();
        Parts.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (BatchMeasures part in Parts) part.Dispose();
    }
}
