namespace MLSegmentation.Training;

/// <summary>
/// Options of <see cref="ImageClassificationTrainer"/>; the defaults suit small networks and images, such as MNIST.
/// </summary>
public sealed record ImageClassificationTrainerOptions : TrainerOptions
{
    /// <summary>5 epochs in batches of 64, a learning rate of 0.001 that is warmed up and then falls along a cosine.</summary>
    public ImageClassificationTrainerOptions()
    {
        Epochs = 5;
        Schedule = new LearningRateSchedule.Cosine { WarmUp = 0.03 };
    }

    /// <summary>The label column: a key for each image, of 2 to 255 values. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The column with the class that the trained transformer adds. Default <c>PredictedLabel</c>.</summary>
    public string OutputColumnName { get; init; } = "PredictedLabel";

    /// <summary>Random changes to the images. Default: <see cref="AugmentationOptions.None"/>.</summary>
    public AugmentationOptions Augmentation { get; init; } = AugmentationOptions.None;

    /// <summary>How the trained transformer scores. Default: as the model says, with the column of scores.</summary>
    public ClassifyImageOptions Scoring { get; init; } = new();

    private protected override int UsualBatchSize => 64;

    internal ImageClassificationTrainerOptions Validate()
    {
        ValidateTraining();
        Augmentation.Validate();
        return this;
    }
}
