using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLSegmentation.Training.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// A training as its options set it up, whatever the network: threads, random numbers and duration while it lasts, and its parts.
/// Every tensor that it makes is in a dispose scope, this one at the least: TorchSharp does not keep a tensor alive while
/// libtorch reads it, so one that nobody holds (<c>weight.detach()</c> in <c>weight.detach().contiguous()</c>) may be collected
/// in the midst of the call.
/// </summary>
internal sealed class TrainingSetup : IDisposable
{
    /// <summary>The source of the line in <c>MLContext.Log</c> that says what a training runs on.</summary>
    public const string DeviceLogName = "Device";

    private const string LogName = "Training";
    private const int DefaultSeed = 1;
    private static readonly TimeSpan _logInterval = TimeSpan.FromSeconds(5);
    private readonly IHostEnvironment _host;
    private TrainerOptions _options;
    private readonly int _seed;
    private readonly DisposeScope _scope;
    private readonly TorchThreads _threads;
    private readonly TrainingDuration? _budget;
    private TrainingPlan? _plan;

    /// <summary>Starts the clock of a training that has a time budget.</summary>
    /// <param name="host">Whose seed, device and log the training takes.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidOperationException">
    /// There is no native library of TorchSharp, or not the GPU that the environment asks for.
    /// </exception>
    public TrainingSetup(IHostEnvironment host, TrainerOptions options)
    {
        _seed = options.Seed ?? HostEnvironment.SeedOf(host) ?? DefaultSeed;
        _host = host;
        TorchBackend.EnsureAvailable(options.LibTorchFolder);
        Device = ChooseDevice(host, options.Device);
        Use(options);
        SayDevice();
        _threads = new TorchThreads(options.Threads);
        _scope = NewDisposeScope();
        random.manual_seed(_seed);
        _budget = options.TimeBudget is { } time ? TrainingDuration.OfTime(time) : null;
    }

    /// <summary>
    /// For the trial before a training: an environment with the same device, whose warnings nobody hears. The trained model gives
    /// them again.
    /// </summary>
    public IHostEnvironment TrialHost
    {
        get
        {
            ExecutionDevice asked = HostEnvironment.DeviceOf(_host);
            return new MLContext { GpuDeviceId = asked.GpuDeviceId, FallbackToCpu = asked.FallbackToCpu };
        }
    }

    /// <summary>Where the network is trained.</summary>
    public Device Device { get; }

    /// <summary>What the training is known by that this one goes on with; null where it begins anew.</summary>
    private TrainingRecord? Resumed =>
        _options is { Resume: true, CheckpointPath: { } path } ? Checkpoint.FindRecord(path) : null;

    /// <summary>Goes on with options whose open choices were made.</summary>
    [MemberNotNull(nameof(_options))]
    public void Use(TrainerOptions options) => _options = options.WithDefaults() with
    {
        Seed = _seed,
        Device = Device.type == DeviceType.CUDA ? TrainingDevice.Cuda(Device.index) : TrainingDevice.Cpu,
        ConvolutionPrecision = TorchBackend.Resolve(options.ConvolutionPrecision, Device),
    };

    /// <summary>
    /// Makes the choices that the options leave open, where they ask for a plan, and goes on with them: as the checkpoint notes
    /// them where the training goes on from one, else as planned, which the log and the options' progress are told.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <param name="goOn">The options with the choices that a checkpoint notes.</param>
    /// <param name="plan">The options with every choice made, and why.</param>
    public TOptions Decide<TOptions>(
        TOptions options, Func<TOptions, TrainingRecord, TOptions> goOn, Func<TOptions, (TOptions, TrainingPlan)> plan)
        where TOptions : TrainerOptions
    {
        // Where the checkpoint is, and what a report says, is of these options.
        Use(options);
        if (!options.Plan) return (TOptions)options.WithDefaults();
        if (Resumed is { } before)
        {
            var resumed = (TOptions)goOn(options, before).WithDefaults();
            Use(resumed);
            return resumed;
        }
        (TOptions planned, _plan) = plan(options);
        Use(planned);
        Report(_plan);
        return planned;
    }

    /// <summary>A cache of the features of a frozen encoder, in what the images leave of the memory for both.</summary>
    /// <param name="network">The network.</param>
    /// <param name="source">The images.</param>
    /// <param name="image">The shape of every image.</param>
    /// <param name="hasFlips">Whether an image's mirror image is shown too.</param>
    public FeatureCache CreateFeatureCache(TorchNetwork network, SampleSource source, Shape image, bool hasFlips)
    {
        long memory = Math.Max(((long)_options.CacheMegabytes << 20) - source.Size, 0);
        return new FeatureCache(network, source.TrainingCount, image, hasFlips, memory);
    }

    /// <summary>Tells the log and the options' progress what was planned.</summary>
    private void Report(TrainingPlan plan)
    {
        using IChannel channel = _host.Start(LogName);
        channel.Info(MessageSensitivity.None, $"Planned:{Environment.NewLine}{plan}");
        _options.Progress?.Report(TrainingProgress.Unmeasured with
        {
            Plan = plan,
            Epochs = _options.TimeBudget is null ? _options.Epochs : null,
            TimeLeft = _options.TimeBudget,
        });
    }

    /// <summary>Tells the log a line; nothing where it is empty.</summary>
    public void Say(string line)
    {
        if (line.Length == 0) return;
        using IChannel channel = _host.Start(LogName);
        channel.Info(MessageSensitivity.None, line);
    }

    /// <summary>The network with weights drawn by the seed.</summary>
    public TorchNetwork CreateNetwork(LayerGraph graph) =>
        new(graph, _seed, Device) { ConvolutionPrecision = _options.ConvolutionPrecision };

    /// <summary>The rows to train on and to validate with.</summary>
    /// <exception cref="InvalidOperationException">No row is left to train on.</exception>
    public SampleSource Read(IDataView input, ISampleReader reader) => new(
        input,
        _options.ValidationSet,
        reader,
        _options.ValidationFraction,
        (long)_options.CacheMegabytes << 20,
        _seed,
        _options.CancellationToken);

    /// <summary>Batches of images of a size; labels of pixels (<paramref name="hasLabels"/>) are augmented with them.</summary>
    public BatchLoader CreateLoader(
        SampleSource source, AugmentationOptions augmentation, int channels, int width, int height, bool hasLabels) =>
        new(source, augmentation, _options.BatchSize!.Value, channels, width, height, hasLabels, _seed, Device);

    /// <summary>Trains the network and returns the model that <paramref name="export"/> makes of it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="task">What it learns.</param>
    /// <param name="step">The shape of an image in a training step.</param>
    /// <param name="images">What the images are, for the log: such as <c>of 160×128, 4 classes</c>.</param>
    /// <param name="facts">What the options and the rows came to, by the names of <see cref="ResumeRules"/>.</param>
    /// <param name="export">Makes the model, and says what it decides.</param>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss became no number; the exception holds the last good model.
    /// </exception>
    public byte[] Train(TorchNetwork network, ITrainingTask task, Shape step, string images, (string Name, string Value)[] facts,
        Func<Action<string>, byte[]> export)
    {
        double flops = network.Graph.CountFlops(step);
        TrainingLength length = _options.Epochs is int epochs
            ? TrainingLength.OfEpochs(epochs, task.Images, flops)
            : TrainingLength.For(task.Images, _options.BatchSize!.Value, flops);
        using IChannel channel = _host.Start(LogName);
        channel.Info(
            MessageSensitivity.None, $"Training {network.Graph.Name} on {Plural.Of(task.Images, "image")} {images}: "
                + $"{Describe(length, task, network.Device)}.");
        var log = new TrainingLog(channel, _options.Progress, _logInterval);
        TrainerOptions planned = _options with { Epochs = length.Epochs, Progress = log };
        var loop = new TrainingLoop(network, task, planned, _budget ?? TrainingDuration.Of(planned)) { Facts = facts };
        try
        {
            loop.Run();
        }
        catch (TrainingDivergedException error) when (error.HasTrainedWeights)
        {
            throw new TrainingDivergedException(error, export(log.Note));
        }
        log.WriteEnd(task.FindMissing(network, new BatchParts(log.Warn), _options.CancellationToken));
        return export(log.Note);
    }

    /// <summary>Gives the process its number of threads back.</summary>
    public void Dispose()
    {
        _scope.Dispose();
        _threads.Dispose();
    }

    private static Device ChooseDevice(IHostEnvironment host, TrainingDevice device)
    {
        ExecutionDevice asked = HostEnvironment.DeviceOf(host);
        return TorchBackend.ChooseDevice(
            device, asked.GpuDeviceId, asked.FallbackToCpu, warning => HostEnvironment.Warn(host, LogName, warning));
    }

    private void SayDevice()
    {
        using IChannel channel = _host.Start(DeviceLogName);
        string precision = _options.ConvolutionPrecision == ConvolutionPrecision.BFloat16 ? ", convolutions in bfloat16" : "";
        channel.Info(MessageSensitivity.None, $"Training on {TorchBackend.Describe(Device)}{precision}.");
    }

    private string Describe(TrainingLength length, ITrainingTask task, Device device)
    {
        if (_options.TimeBudget is { } time) return $"{TrainingLog.Text(time)} in batches of {_options.BatchSize}";
        string reason = _options.Epochs is null ? " as the images suggest" : "";
        string text = $"{Plural.Of(length.Epochs, "epoch")} of {Plural.Of(task.BatchesPerEpoch, "batch")}{reason}";
        // Cached features of a frozen encoder make it less.
        string about = task.HasCachedFeatures ? "at most" : "about";
        if (_plan is { StepTime: var step })
            return $"{text}, {about} {TrainingLog.Text((long)length.Epochs * task.BatchesPerEpoch * step)}";
        int threads = get_num_threads();
        return device.type == TorchSharp.DeviceType.CPU
            ? $"{text}, {about} {TrainingLog.Text(length.TimeOn(threads))} on {Plural.Of(threads, "free core")}"
            : text;
    }
}
