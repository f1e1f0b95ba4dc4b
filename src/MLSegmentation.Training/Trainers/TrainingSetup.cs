using Microsoft.ML;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Torch;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Trainers;

/// <summary>
/// A training as its options set it up, whatever the network: threads, random numbers and duration while it lasts, and its parts.
/// </summary>
internal sealed class TrainingSetup : IDisposable
{
    private readonly TrainerOptions _options;
    private readonly TorchThreads _threads;
    private readonly TrainingDuration _duration;

    /// <summary>Starts the clock of a training that has a time budget.</summary>
    /// <exception cref="InvalidOperationException">There is no native library of TorchSharp.</exception>
    public TrainingSetup(TrainerOptions options)
    {
        _options = options;
        _threads = new TorchThreads(options.Threads);
        random.manual_seed(options.Seed);
        _duration = TrainingDuration.Of(options);
    }

    /// <summary>The network with weights drawn by the seed.</summary>
    public TorchNetwork CreateNetwork(LayerGraph graph) =>
        new(graph, _options.Seed, TorchBackend.Device) { ConvolutionPrecision = _options.ConvolutionPrecision };

    /// <summary>The rows to train on and to validate with.</summary>
    /// <exception cref="InvalidOperationException">No row is left to train on.</exception>
    public SampleSource Read(IDataView input, ISampleReader reader) => new(
        input,
        _options.ValidationSet,
        reader,
        _options.ValidationFraction,
        (long)_options.CacheMegabytes << 20,
        _options.Seed,
        _options.CancellationToken);

    /// <summary>Batches of images of a size; labels of pixels (<paramref name="hasLabels"/>) are augmented with them.</summary>
    public BatchLoader CreateLoader(SampleSource source, AugmentationOptions augmentation, int channels, int width, int height, bool hasLabels) =>
        new(source, augmentation, _options.BatchSize, channels, width, height, hasLabels, _options.Seed);

    /// <summary>Trains the network and returns the model that <paramref name="export"/> makes of it.</summary>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss became no number; the exception holds the last good model.</exception>
    public byte[] Train(TorchNetwork network, ITrainingTask task, Func<byte[]> export)
    {
        var loop = new TrainingLoop(network, task, _options, _duration);
        try
        {
            loop.Run();
        }
        catch (TrainingDivergedException error) when (error.HasTrainedWeights)
        {
            throw new TrainingDivergedException(error, export());
        }
        return export();
    }

    /// <summary>Gives the process its number of threads back.</summary>
    public void Dispose() => _threads.Dispose();
}
