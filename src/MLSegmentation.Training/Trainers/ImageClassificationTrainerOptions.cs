using MLSegmentation.Transforms;

namespace MLSegmentation.Training;

/// <summary>Options of <see cref="ImageClassificationTrainer"/>; the defaults suit small networks and images, such as MNIST.</summary>
public sealed record ImageClassificationTrainerOptions
{
    /// <summary>The label column: a key for each image, of 2 to 255 values. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The image column; images of any size are stretched to the network's. Default <c>Image</c>.</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The column with the class that the trained transformer adds. Default <c>PredictedLabel</c>.</summary>
    public string OutputColumnName { get; init; } = "PredictedLabel";

    /// <summary>Times that every image is seen. Default 5.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>Images a step. Default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>The highest learning rate of Adam, reached after a warm-up and lowered to 0 along a cosine. Default 0.001.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Random changes to the images. Default: <see cref="AugmentationOptions.None"/>.</summary>
    public AugmentationOptions Augmentation { get; init; } = AugmentationOptions.None;

    /// <inheritdoc cref="SegmentationTrainerOptions.Seed"/>
    public int Seed { get; init; } = 1;

    /// <summary>The part of the rows that is held back to report their accuracy after each epoch, 0 to below 1. Default 0.</summary>
    public double ValidationFraction { get; init; }

    /// <inheritdoc cref="SegmentationTrainerOptions.CacheMegabytes"/>
    public int CacheMegabytes { get; init; } = 2048;

    /// <summary>How the trained transformer scores. Default: as the model says, with the column of scores.</summary>
    public ClassifyImageOptions Scoring { get; init; } = new();

    /// <inheritdoc cref="SegmentationTrainerOptions.Progress"/>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <inheritdoc cref="SegmentationTrainerOptions.CancellationToken"/>
    public CancellationToken CancellationToken { get; init; }

    internal ImageClassificationTrainerOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(CacheMegabytes);
        if (ValidationFraction is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(ValidationFraction), ValidationFraction, "Give a part of the rows, 0 to below 1.");
        Augmentation.Validate();
        return this;
    }
}
