namespace MLSegmentation.Training;

/// <summary>
/// The one table of what a training is known by, and what becomes of another value when it is resumed: the trainers' options, and
/// what the network and the data came to. <c>docs/resuming.md</c> shows it.
/// </summary>
internal static class ResumeRules
{
    public const string Network = "Network", Classes = "Classes", Images = "Images", ImageData = "ImageData",
        ValidationData = "ValidationData",
        ImageSize = "ImageSize", Window = "Window";

    private static readonly (ResumeRule Rule, string[] Names)[] _table =
    [
        // Which weights there are, what is kept of them, and what an optimiser remembers.
        (ResumeRule.Same,
        [
            Network, Classes, nameof(SegmentationTrainerOptions.Encoder), nameof(TrainerOptions.Optimizer),
            nameof(SegmentationTrainerOptions.PretrainedWeights),
            nameof(TrainerOptions.WeightAveraging),
            nameof(TrainerOptions.RestoreBestWeights), nameof(AutoencoderTrainerOptions.Latent),
            nameof(AutoencoderTrainerOptions.Channels),
        ]),

        // Which images come when, and which of them tell the best weights.
        (ResumeRule.Same,
        [
            Images, ImageData, ValidationData, ImageSize, Window, nameof(SegmentationTrainerOptions.Sizing),
            nameof(TrainerOptions.ValidationFraction),
            nameof(TrainerOptions.Seed), nameof(TrainerOptions.BatchSize), nameof(TrainerOptions.GradientAccumulation),
            nameof(TrainerOptions.CacheMegabytes),
        ]),
        (ResumeRule.Duration, [nameof(TrainerOptions.Epochs), nameof(TrainerOptions.TimeBudget)]),
        (ResumeRule.Said,
        [
            nameof(TrainerOptions.LearningRate), nameof(TrainerOptions.EncoderLearningRate), nameof(TrainerOptions.UnfreezeAfter),
            nameof(TrainerOptions.Schedule), nameof(TrainerOptions.Momentum), nameof(TrainerOptions.WeightDecay),
            nameof(TrainerOptions.GradientClipNorm), nameof(SegmentationTrainerOptions.Loss),
            nameof(SegmentationTrainerOptions.Augmentation),
            nameof(TrainerOptions.ConvolutionPrecision), nameof(TrainerOptions.Threads), nameof(TrainerOptions.Device),
            nameof(TrainerOptions.ValidationInterval),
            nameof(TrainerOptions.EarlyStoppingPatience),
        ]),

        // Where things are, what makes choices that are noted themselves, what only the finished model is told, and what a
        // training begins with.
        (ResumeRule.Free,
        [
            nameof(TrainerOptions.ImageColumnName), nameof(SegmentationTrainerOptions.LabelColumnName),
            nameof(SegmentationTrainerOptions.OutputColumnName),
            nameof(TrainerOptions.CheckpointPath), nameof(TrainerOptions.CheckpointInterval), nameof(TrainerOptions.Resume),
            nameof(TrainerOptions.TensorBoardFolder), nameof(TrainerOptions.Progress), nameof(TrainerOptions.Plan),
            nameof(TrainerOptions.MemoryMegabytes), nameof(SegmentationTrainerOptions.Upright),
            nameof(TrainerOptions.CancellationToken),
            nameof(TrainerOptions.LibTorchFolder),
            nameof(SegmentationTrainerOptions.Scoring), nameof(SegmentationTrainerOptions.IgnoreLabel),
            nameof(SegmentationTrainerOptions.IgnoreColour),
            nameof(SegmentationTrainerOptions.Palette), nameof(SegmentationTrainerOptions.SampleRange),
            nameof(SegmentationTrainerOptions.InitialModel),
        ]),

        // Noted as what they came to: ValidationData, ImageSize and Window.
        (ResumeRule.Free,
        [
            nameof(TrainerOptions.ValidationSet), nameof(SegmentationTrainerOptions.ImageWidth),
            nameof(SegmentationTrainerOptions.ImageHeight),
            nameof(SegmentationTrainerOptions.WindowWidth), nameof(SegmentationTrainerOptions.WindowHeight),
        ]),
    ];

    private static readonly Dictionary<string, ResumeRule> _rules =
        _table.SelectMany(row => row.Names, (row, name) => (name, row.Rule)).ToDictionary();

    /// <summary>All names with their rules.</summary>
    public static IReadOnlyDictionary<string, ResumeRule> All => _rules;

    /// <summary>The rule of a name; <c>Loss.Dice</c> goes by the rule of <c>Loss</c>.</summary>
    public static ResumeRule Of(string name) => _rules[name.Split('.')[0]];
}
