using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg train segmentation</c> is asked for.</summary>
internal sealed record TrainSegmentationOptions : DataOptions
{
    /// <summary>The part of a split that is trained with unless another is asked for.</summary>
    public const string DefaultPart = "train";

    /// <summary>The model to write.</summary>
    public string Out { get; init; } = "";

    /// <summary>Whether a model that is there may be replaced.</summary>
    public bool Overwrites { get; init; }

    /// <summary>The folder of images to validate with; null for none.</summary>
    public string? ValidationImages { get; init; }

    /// <summary>Their masks; null for none.</summary>
    public string? ValidationMasks { get; init; }

    /// <summary>The annotations of images to validate with; null for none.</summary>
    public string? ValidationAnnotations { get; init; }

    /// <summary>The part of the split to validate with; null for none.</summary>
    public string? ValidationPart { get; init; }

    /// <summary>The range of samples of more than 8 bits; null for the range of their type.</summary>
    public TrainingRange? Range { get; init; }

    /// <summary>The network.</summary>
    public SegmentationNetwork Network { get; init; } = SegmentationNetworks.Default;

    /// <summary>How many folds are each held out once; 0 for one training on all images.</summary>
    public int Folds { get; init; }

    /// <summary>Whether to say what would be trained, and no more.</summary>
    public bool OnlyPlans { get; init; }

    /// <summary>How it is trained.</summary>
    public SegmentationTrainerOptions Trainer { get; init; } = new() { Plan = true };

    /// <summary>
    /// The trainer's options for so many images: a time to train for where nobody said, and a checkpoint beside the model.
    /// </summary>
    public SegmentationTrainerOptions TrainerFor(int images) => Trainer with
    {
        TimeBudget = Trainer.TimeBudget ?? (Trainer.Epochs is null ? TimeBudget.For(images) : null),
        CheckpointPath = Trainer.CheckpointPath ?? Out + CheckpointGroup.Extension,
        IgnoreLabel = Ignore,
    };
}
