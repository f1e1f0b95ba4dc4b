using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>What a <see cref="TrainingLoop"/> is to learn: batches, a loss, and the measures that people read.</summary>
internal interface ITrainingTask
{
    /// <summary>The measure of a batch.</summary>
    TrainingMetric Metric { get; }

    /// <summary>The measure of the validation rows.</summary>
    TrainingMetric ValidationMetric { get; }

    /// <summary>Images in an epoch.</summary>
    int Images { get; }

    /// <summary>What the rows came to, by the names of <see cref="ResumeRules"/>: a checkpoint tells other rows by it.</summary>
    IEnumerable<(string Name, string Value)> Facts => [];

    /// <summary>Whether features of a frozen encoder are read, where they were computed before.</summary>
    bool HasCachedFeatures => false;

    /// <summary>Batches in an epoch.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>The batches of an epoch from one of them on, in the order that the seed and the epoch give.</summary>
    IEnumerable<TrainingBatch> Batches(int epoch, int first, CancellationToken cancellation);

    /// <summary>The loss of a batch, with gradients, and the measure.</summary>
    (Tensor Loss, Tensor Metric) Evaluate(TorchNetwork network, TrainingBatch batch);

    /// <summary>The measure on the validation rows; null without such rows.</summary>
    double? Validate(TorchNetwork network, BatchParts parts, CancellationToken cancellation);

    /// <summary>How often the validation rows are passed through the network once the training is over.</summary>
    int PassesAfter => 0;

    /// <summary>Frees what is on the device only to be quick; whether there was any.</summary>
    bool LetGo() => false;

    /// <summary>What a trained network lacks, as far as the rows tell.</summary>
    /// <param name="network">The network with the weights that are written.</param>
    /// <param name="parts">How much of a batch the memory holds.</param>
    /// <param name="cancellation">Stops it.</param>
    MissingClasses FindMissing(TorchNetwork network, BatchParts parts, CancellationToken cancellation) => MissingClasses.None;

    /// <summary>What watches the classes that are predicted; null where there are none.</summary>
    CollapseWatch? Watch => null;

    /// <summary>A sample with what the network makes of it; null where there is nothing to see.</summary>
    MaskComparison? DrawSample(TorchNetwork network) => null;
}
