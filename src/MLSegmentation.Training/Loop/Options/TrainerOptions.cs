using Microsoft.ML;

namespace MLSegmentation.Training;

/// <summary>
/// How a network is trained, whatever it learns. The defaults of each trainer train well without touching them.
/// </summary>
public abstract record TrainerOptions
{
    /// <summary>The highest learning rate of autoencoders and classifiers where the options leave it open.</summary>
    internal const double CommonRate = 1e-3;

    /// <summary>The decay of AdamW's weights where the options leave it open.</summary>
    internal const double DecoupledDecay = 0.05;

    // A part of a training that is a whole number of parts may come out a little below it.
    private const double Rounding = 1e-9;

    private protected TrainerOptions()
    {
    }

    /// <summary>The image column; images may have any sizes. Default <c>Image</c>.</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>
    /// Times that every image is seen, at least 1. Null plans them by the number of images, their size and the network. The plan
    /// is 1500 batches, fewer where these would take more than ten minutes on two cores. It is at least 300 batches, and no image
    /// is seen more than 200 times. Default null for segmentation, 10 for autoencoders, 5 for classification. Unused with a
    /// <see cref="TimeBudget"/>.
    /// </summary>
    public int? Epochs { get; init; }

    /// <summary>
    /// The time that a fit may take, reading and validation included; the schedule is fitted to it. Default null:
    /// <see cref="Epochs"/> decides.
    /// </summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>
    /// Whether what the options leave open is planned before the training. The images decide about size, window, batch, loss,
    /// class weights and mirroring, for segmentation. Trial steps on this machine decide about the precision and about what
    /// fits <see cref="MemoryMegabytes"/>. <see cref="TrainingProgress.Plan"/> and the log have the table. A training that goes
    /// on from a checkpoint keeps the choices of that. Default false: every machine trains alike.
    /// </summary>
    public bool Plan { get; init; }

    /// <summary>
    /// Megabytes that a step of a planned training may take, at least 1. Default null: three quarters of what the machine has
    /// free. Unused without <see cref="Plan"/>.
    /// </summary>
    public int? MemoryMegabytes { get; init; }

    /// <summary>
    /// Images a batch, at least 1. Default null: 8 for segmentation, 128 for autoencoders, 64 for classification; with
    /// <see cref="Plan"/>, at most these.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>Batches whose gradients are averaged into one step, at least 1. Default 1.</summary>
    public int GradientAccumulation { get; init; } = 1;

    /// <summary>The largest Euclidean norm of all gradients together, above 0. Default null: gradients are not clipped.</summary>
    public double? GradientClipNorm { get; init; }

    /// <summary>
    /// What turns gradients into steps. Default <see cref="OptimizerKind.AdamW"/> for segmentation, else
    /// <see cref="OptimizerKind.Adam"/>.
    /// </summary>
    public OptimizerKind Optimizer { get; init; }

    /// <summary>
    /// The highest learning rate, above 0. Default null: for segmentation 0.0005 where the encoder begins with weights of another
    /// training, else 0.002; 0.001 for autoencoders and classification.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>
    /// The highest learning rate of the encoder's weights, at least 0; it runs as <see cref="LearningRate"/> does. Default null:
    /// <see cref="LearningRate"/>. Unused in networks without an encoder.
    /// </summary>
    public double? EncoderLearningRate { get; init; }

    /// <summary>
    /// The part of the training, 0 to below 1, after which the last of the encoder's stages is trained too, and after as much
    /// again each stage before it (gradual unfreezing; Howard and Ruder 2018, section 3.3). Until then a stage is as if frozen.
    /// At 0.05, the five stages of an encoder are all trained after a quarter. Default 0: all are trained from the start.
    /// </summary>
    public double UnfreezeAfter { get; init; }

    /// <summary>
    /// How the learning rate runs over the training. Default <see cref="LearningRateSchedule.Constant"/> for autoencoders, else
    /// <see cref="LearningRateSchedule.Cosine"/> after a warm-up of 0.03 of the training.
    /// </summary>
    public LearningRateSchedule Schedule { get; init; } = new LearningRateSchedule.Constant();

    /// <summary>
    /// The factor by which weights are drawn to 0, at least 0: see <see cref="OptimizerKind"/>. Default null: 0.05 for
    /// <see cref="OptimizerKind.AdamW"/>, else 0.
    /// </summary>
    public double? WeightDecay { get; init; }

    /// <summary>The part of its last step that <see cref="OptimizerKind.Sgd"/> keeps, 0 to below 1. Default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>
    /// The decay of the moving average of the weights, 0 to below 1 (Polyak and Juditsky 1992). The average is validated and kept
    /// instead of the weights themselves. In its first steps it decays faster. Default 0.99 for segmentation, else 0: no average.
    /// </summary>
    public double WeightAveraging { get; init; }

    /// <summary>
    /// Rows to validate with, with the columns of the training rows. Default null: see <see cref="ValidationFraction"/>.
    /// </summary>
    public IDataView? ValidationSet { get; init; }

    /// <summary>
    /// The part of the rows that is held back for validation, 0 to below 1. Default 0. Unused with a <see cref="ValidationSet"/>.
    /// </summary>
    public double ValidationFraction { get; init; }

    /// <summary>Epochs from one validation to the next, at least 1; the last epoch is always validated. Default 1.</summary>
    public int ValidationInterval { get; init; } = 1;

    /// <summary>
    /// Validations without a better measure after which the training ends, at least 1. Default null: it never ends early. Needs
    /// validation rows.
    /// </summary>
    public int? EarlyStoppingPatience { get; init; }

    /// <summary>Whether the weights of the best validation are kept, not the last. Default true. Needs validation rows.</summary>
    public bool RestoreBestWeights { get; init; } = true;

    /// <summary>
    /// A file that holds the training's whole state, written at the end of each epoch and every <see cref="CheckpointInterval"/>.
    /// Default null: none.
    /// </summary>
    public string? CheckpointPath { get; init; }

    /// <summary>The longest time between two checkpoints. Default 10 minutes.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether the training goes on from the checkpoint, where there is one. With one thread its losses are then, bit for bit,
    /// those of a training that was never interrupted. Other options than the checkpoint's are refused or reported. Another size
    /// and other images are refused, another learning rate is reported: <c>docs/resuming.md</c> has the table. Default false: it
    /// starts anew.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>
    /// A folder that receives curves of loss, measures and learning rate, and pictures of a validation sample, for TensorBoard
    /// (<c>tensorboard --logdir FOLDER</c>). Default null: none.
    /// </summary>
    public string? TensorBoardFolder { get; init; }

    /// <summary>What the network is trained on. Default <see cref="TrainingDevice.Auto"/>.</summary>
    public TrainingDevice Device { get; init; }

    /// <summary>
    /// A folder with another libtorch than that of TorchSharp's package, such as <c>torch/lib</c> of Python's torch package. It
    /// counts for the whole process and is taken at TorchSharp's first use. Default null: what the environment variable
    /// <c>MLSEG_LIBTORCH</c> names, else the package's.
    /// </summary>
    public string? LibTorchFolder { get; init; }

    /// <summary>Threads that an operation is computed with, at least 1. Default null: one for each core.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// The numbers that training computes convolutions with. Default <see cref="ConvolutionPrecision.Auto"/>. With
    /// <see cref="Plan"/> and a <see cref="TimeBudget"/> that is also bfloat16 on a processor where trial steps are clearly
    /// faster with it.
    /// </summary>
    public ConvolutionPrecision ConvolutionPrecision { get; init; }

    /// <summary>
    /// Equal seeds give equal models where thread count and number of epochs are equal. Default null: the seed that the
    /// <see cref="MLContext"/> was made with, or 1 where it was made without.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>
    /// Megabytes that scaled images, and features of a frozen encoder, may take in memory. A larger set is read anew each epoch;
    /// features beyond it go into a file in the cache folder. Default 2048.
    /// </summary>
    public int CacheMegabytes { get; init; } = 2048;

    /// <summary>Receives where the training stands. Default null.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Stops the training; <c>Fit</c> then throws <see cref="OperationCanceledException"/>. Default: none.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The highest learning rate of the encoder's weights.</summary>
    internal double EncoderRate => EncoderLearningRate ?? Rate;

    /// <summary>The highest learning rate of all other weights.</summary>
    internal double Rate => LearningRate ?? UsualRate;

    /// <summary>The factor by which weights are drawn to 0.</summary>
    internal double Decay => WeightDecay ?? (Optimizer == OptimizerKind.AdamW ? DecoupledDecay : 0);

    /// <summary>The highest learning rate where the options leave it open.</summary>
    private protected virtual double UsualRate => CommonRate;

    /// <summary>Images a batch where the options leave them open.</summary>
    private protected abstract int UsualBatchSize { get; }

    private bool IsValidated => ValidationSet is not null || ValidationFraction > 0;

    /// <summary>How many of an encoder's stages, from the first on, are held when a part of the training is done.</summary>
    internal int HeldStages(int stages, double fraction) =>
        UnfreezeAfter == 0 ? 0 : Math.Max(stages - (int)(fraction / UnfreezeAfter + Rounding), 0);

    /// <summary>The options with what they leave open as it is without a plan.</summary>
    internal virtual TrainerOptions WithDefaults() => this with
    {
        BatchSize = BatchSize ?? UsualBatchSize,
        LearningRate = Rate,
        WeightDecay = Decay,
    };

    private protected void ValidateTraining()
    {
        Require(BatchSize is null or > 0, nameof(BatchSize), BatchSize, "a number of images, or null");
        Require(
            MemoryMegabytes is null or > 0, nameof(MemoryMegabytes), MemoryMegabytes, "a number of megabytes, or null");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(GradientAccumulation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ValidationInterval);
        ArgumentOutOfRangeException.ThrowIfNegative(CacheMegabytes);
        Require(Epochs is null or > 0, nameof(Epochs), Epochs, "a number of epochs, or null to have it planned");
        Require(Threads is null or > 0, nameof(Threads), Threads, "a number of threads, or null");
        Require(
            LearningRate is null || (LearningRate > 0 && double.IsFinite(LearningRate.Value)), nameof(LearningRate), LearningRate,
            "a number above 0, or null");
        Require(
            EncoderLearningRate is null || (EncoderLearningRate >= 0 && double.IsFinite(EncoderLearningRate.Value)),
            nameof(EncoderLearningRate), EncoderLearningRate, "a number of at least 0, or null");
        Require(UnfreezeAfter is >= 0 and < 1, nameof(UnfreezeAfter), UnfreezeAfter, "a part of the training, 0 to below 1");
        Require(GradientClipNorm is null or > 0, nameof(GradientClipNorm), GradientClipNorm, "a norm above 0, or null");
        Require(
            WeightDecay is null || (WeightDecay >= 0 && double.IsFinite(WeightDecay.Value)), nameof(WeightDecay), WeightDecay,
            "a number of at least 0, or null");
        Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "a part, 0 to below 1");
        Require(WeightAveraging is >= 0 and < 1, nameof(WeightAveraging), WeightAveraging, "a decay, 0 to below 1");
        Require(
            TimeBudget is not { } budget || budget > TimeSpan.Zero, nameof(TimeBudget), TimeBudget, "a time above zero, or null");
        Require(CheckpointInterval > TimeSpan.Zero, nameof(CheckpointInterval), CheckpointInterval, "a time above zero");
        Require(ValidationFraction is >= 0 and < 1, nameof(ValidationFraction), ValidationFraction,
            "a part of the rows, 0 to below 1");
        Require(EarlyStoppingPatience is null or > 0, nameof(EarlyStoppingPatience), EarlyStoppingPatience,
            "a number of validations, or null");
        if (EarlyStoppingPatience is not null && !IsValidated)
        {
            throw new ArgumentException(
                "The training is to end early, but there are no rows to validate with; "
                + $"give {nameof(ValidationSet)} or {nameof(ValidationFraction)}.",
                nameof(EarlyStoppingPatience));
        }
        if (Resume && CheckpointPath is null)
        {
            throw new ArgumentException(
                $"The training is to be resumed, but there is no checkpoint; give {nameof(CheckpointPath)}.", nameof(Resume));
        }
        Schedule.Validate();
    }

    private static void Require(bool isRight, string name, object? value, string expected)
    {
        if (!isRight) throw new ArgumentOutOfRangeException(name, value, $"Give {expected}.");
    }
}
