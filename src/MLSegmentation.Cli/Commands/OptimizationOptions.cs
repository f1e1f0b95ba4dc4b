using System.CommandLine;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>The options of every training that say how the weights are found, validated and kept.</summary>
internal sealed class OptimizationOptions
{
    private const string CheckpointExtension = ".checkpoint";
    private static readonly Dictionary<string, OptimizerKind?> _optimizers = new()
    {
        ["adam"] = OptimizerKind.Adam,
        ["adamw"] = OptimizerKind.AdamW,
        ["sgd"] = OptimizerKind.Sgd,
    };

    private readonly Option<int?> _epochs;
    private readonly Option<double?> _minutes;
    private readonly Option<int> _batch;
    private readonly Option<double> _rate;
    private readonly Option<LearningRateSchedule?> _schedule;
    private readonly Option<double> _warmUp;
    private readonly Option<OptimizerKind?> _optimizer;
    private readonly Option<double> _weightDecay;
    private readonly Option<double> _momentum;
    private readonly Option<int> _accumulation;
    private readonly Option<double?> _clip;
    private readonly Option<double> _averaging;
    private readonly Option<double> _validationFraction;
    private readonly Option<int> _validationInterval;
    private readonly Option<int?> _patience;
    private readonly Option<bool> _keepLast = new("--keep-last") { Description = "Write the last weights, not those of the best validation." };
    private readonly Option<string?> _checkpoint;
    private readonly Option<double> _checkpointMinutes;
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the checkpoint of an interrupted training, where there is one." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace the model that --out names, when the training has ended." };
    private readonly Option<string?> _tensorBoard = new("--tensorboard") { Description = "A folder for curves and pictures that TensorBoard shows.", HelpName = "DIR" };
    private readonly Option<int?> _threads = CommonOptions.AtLeast(
        new Option<int?>("--threads") { Description = "Threads to compute with. [default: one for each core]", HelpName = "N" }, 1);

    private readonly Option<int> _cache;
    private readonly Option<bool> _bfloat16 = new("--bf16")
    {
        Description = "Compute convolutions with 16-bit numbers: faster where the processor has instructions for them, else slower.",
    };

    private readonly Option<int> _seed = CommonOptions.Seed();

    /// <summary>The options with a trainer's defaults.</summary>
    /// <param name="defaults">The trainer's defaults.</param>
    /// <param name="epochs">What the help says of the epochs.</param>
    /// <param name="minutes">What the help says of the time to train for.</param>
    public OptimizationOptions(TrainerOptions defaults, string epochs, string minutes)
    {
        _epochs = CommonOptions.AtLeast(CommonOptions.Create<int?>("--epochs", "N", epochs, null), 1);
        _minutes = CommonOptions.Positive(CommonOptions.Create<double?>("--minutes", "N", minutes, null));
        _batch = CommonOptions.AtLeast(CommonOptions.Create("--batch", "N", "Images a batch.", defaults.BatchSize), 1);
        _rate = CommonOptions.Positive(CommonOptions.Create("--learning-rate", "X", "The highest learning rate.", defaults.LearningRate));
        _schedule = CommonOptions.Create<LearningRateSchedule?>("--schedule", "NAME", $"How the learning rate runs: {ScheduleName.Help}. [default: {ScheduleName.Of(defaults.Schedule)}]", null);
        _schedule.CustomParser = ScheduleName.Parse;
        _warmUp = CommonOptions.Between(CommonOptions.Create("--warm-up", "X", "The part of the training in which the learning rate rises.", defaults.Schedule.WarmUp), 0, 1);
        string optimizer = _optimizers.First(one => one.Value == defaults.Optimizer).Key;
        _optimizer = CommonOptions.Create<OptimizerKind?>("--optimizer", "NAME", $"{string.Join(", ", _optimizers.Keys)}. [default: {optimizer}]", null);
        _optimizer.CustomParser = result => CommonOptions.ParseName(result, _optimizers);
        _weightDecay = CommonOptions.AtLeast(CommonOptions.Create("--weight-decay", "X", "The factor by which weights are drawn to 0.", defaults.WeightDecay), 0);
        _momentum = CommonOptions.Between(CommonOptions.Create("--momentum", "X", "The part of its last step that sgd keeps.", defaults.Momentum), 0, 1);
        _accumulation = CommonOptions.AtLeast(CommonOptions.Create("--accumulate", "N", "Batches a step.", defaults.GradientAccumulation), 1);
        _clip = CommonOptions.Positive(CommonOptions.Create<double?>("--clip-norm", "X", "The largest norm of the gradients. [default: none]", null));
        _averaging = CommonOptions.Between(CommonOptions.Create("--average", "X", "The decay of a moving average of the weights, such as 0.999; 0 for none.", defaults.WeightAveraging), 0, 1);
        _validationFraction = CommonOptions.Between(CommonOptions.Create("--validation", "X", "The part of the images that is held back for validation.", defaults.ValidationFraction), 0, 1);
        _validationInterval = CommonOptions.AtLeast(CommonOptions.Create("--validation-every", "N", "Epochs from one validation to the next.", defaults.ValidationInterval), 1);
        _patience = CommonOptions.AtLeast(CommonOptions.Create<int?>("--patience", "N", "Validations without a better one after which the training ends. [default: it never does]", null), 1);
        _cache = CommonOptions.AtLeast(CommonOptions.Create("--cache-megabytes", "N", "Memory for images brought to their size, and for features of a frozen encoder; a larger set is read anew each epoch.", defaults.CacheMegabytes), 0);
        _checkpoint = CommonOptions.Create<string?>("--checkpoint", "FILE", $"Where the state of the training is kept until it has ended. [default: beside --out, with {CheckpointExtension} behind its name]", null);
        _checkpointMinutes = CommonOptions.Positive(CommonOptions.Create("--checkpoint-minutes", "N", "The longest time between two checkpoints.", defaults.CheckpointInterval.TotalMinutes));
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="others">Its other options that give images to validate with.</param>
    public void AddTo(Command command, params Option[] others)
    {
        command.Add(_epochs);
        command.Add(_minutes);
        Option[] rest =
        [
            _batch, _rate, _schedule, _warmUp, _optimizer, _weightDecay, _momentum, _accumulation, _clip, _averaging, _validationFraction,
            _validationInterval, _patience, _keepLast, _checkpoint, _checkpointMinutes, _resume, _overwrite, _tensorBoard, _threads, _cache, _bfloat16, _seed,
        ];
        foreach (Option option in rest) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_epochs) is not null && result.GetResult(_minutes) is not null) result.AddError("Give '--epochs' or '--minutes', not both.");
            bool hasOther = others.Any(option => result.GetResult(option) is not null), hasPart = result.GetValue(_validationFraction) > 0;
            if (hasOther && hasPart) result.AddError("Give '--validation' or images to validate with, not both.");
            if (result.GetResult(_patience) is not null && !hasOther && !hasPart) result.AddError("Option '--patience' needs images to validate with, such as '--validation 0.1'.");
        });
    }

    /// <summary>The trainer's options as the command line says.</summary>
    /// <param name="defaults">The trainer's options so far.</param>
    /// <param name="result">The command line.</param>
    /// <param name="budget">The time to train for where the command line gives neither time nor epochs; null where epochs decide.</param>
    /// <param name="file">The model to write.</param>
    /// <exception cref="IOException">A checkpoint is there and the training not to be resumed, or a model is there and not to be replaced.</exception>
    public T Read<T>(T defaults, ParseResult result, TimeSpan? budget, string file)
        where T : TrainerOptions
    {
        int? epochs = result.GetValue(_epochs);
        TimeSpan? asked = result.GetValue(_minutes) is double minutes ? TimeSpan.FromMinutes(minutes) : budget;
        string checkpoint = result.GetValue(_checkpoint) ?? file + CheckpointExtension;
        bool isResumed = result.GetValue(_resume);
        if (!isResumed && File.Exists(checkpoint))
            throw new IOException($"There is a checkpoint of an interrupted training, '{checkpoint}'. Give the same options and --resume to go on with it, or delete it to train anew.");
        // A training that is resumed was allowed to write its model when it began.
        bool mayReplace = result.GetValue(_overwrite) || File.Exists(checkpoint);
        if (!mayReplace && File.Exists(file))
            throw new IOException($"The model '{file}' is there already. Give another name with --out, or --overwrite to replace it.");
        TrainerOptions options = defaults with
        {
            Epochs = epochs ?? defaults.Epochs,
            TimeBudget = epochs is null ? asked : null,
            BatchSize = result.GetValue(_batch),
            LearningRate = result.GetValue(_rate),
            Schedule = (result.GetValue(_schedule) ?? defaults.Schedule) with { WarmUp = result.GetValue(_warmUp) },
            Optimizer = result.GetValue(_optimizer) ?? defaults.Optimizer,
            WeightDecay = result.GetValue(_weightDecay),
            Momentum = result.GetValue(_momentum),
            GradientAccumulation = result.GetValue(_accumulation),
            GradientClipNorm = result.GetValue(_clip),
            WeightAveraging = result.GetValue(_averaging),
            ValidationFraction = result.GetValue(_validationFraction),
            ValidationInterval = result.GetValue(_validationInterval),
            EarlyStoppingPatience = result.GetValue(_patience),
            RestoreBestWeights = !result.GetValue(_keepLast),
            CheckpointPath = checkpoint,
            CheckpointInterval = TimeSpan.FromMinutes(result.GetValue(_checkpointMinutes)),
            Resume = isResumed,
            TensorBoardFolder = result.GetValue(_tensorBoard),
            Threads = result.GetValue(_threads),
            CacheMegabytes = result.GetValue(_cache),
            ConvolutionPrecision = result.GetValue(_bfloat16) ? ConvolutionPrecision.BFloat16 : ConvolutionPrecision.Float32,
            Seed = result.GetValue(_seed),
        };
        return (T)options;
    }
}
