using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>A training of a tiny network on stripes, 4 batches an epoch.</summary>
internal static class StripeTraining
{
    /// <summary>Trains on one thread.</summary>
    /// <param name="options">How.</param>
    /// <param name="report">Receives the progress.</param>
    /// <param name="name">The network's name.</param>
    /// <param name="width">Its channels.</param>
    /// <param name="beforeValidation">Called before each validation.</param>
    /// <returns>The loss of each step, and the weights.</returns>
    public static (List<double> Losses, float[] Weights) Train(
        SegmentationTrainerOptions options, Action<TrainingProgress>? report = null, string name = "tiny", int width = 8,
        Action? beforeValidation = null)
    {
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            using var scope = NewDisposeScope();
            int seed = options.Seed ?? 1;
            options = options with { Seed = seed };
            random.manual_seed(seed);
            using var network = new TorchNetwork(Tiny(name, width), seed);
            var losses = new List<double>();
            var progress = new SynchronousProgress(value =>
            {
                if (value is { ValidationMetric: null, Warning: null, Note: null }) losses.Add(value.Loss);
                report?.Invoke(value);
            });
            options = options with { Progress = progress };
            new TrainingLoop(network, new StripeTask(beforeValidation), options, TrainingDuration.Of(options)).Run();
            return (losses,
                [.. network.WeightsByName.SelectMany(one => one.Weight.detach().contiguous().data<float>().ToArray())]);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    public static LayerGraph Tiny(string name, int width)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        SymbolicTensor x = new Normalization([128], [64]).Apply(image);
        x = new Relu().Apply(new BatchNormalization().Apply(new Conv2D(width, 3).Apply(x)));
        x = new Dropout(0.3).Apply(x);
        return new LayerGraph(name, [image], [new Conv2D(2, 1).Apply(x)]);
    }

    /// <summary>Bright stripes on a dark ground.</summary>
    private sealed class StripeTask(Action? beforeValidation) : ITrainingTask
    {
        private readonly SegmentationTask _task = new(
            null!, null!, new SegmentationLoss([1, 1], new SegmentationLossOptions()), []);

        public TrainingMetric Metric => TrainingMetric.PixelAccuracy;

        public TrainingMetric ValidationMetric => TrainingMetric.MeanIoU;

        public int Images => 8;

        public int BatchesPerEpoch => 4;

        public IEnumerable<TrainingBatch> Batches(int epoch, int first, CancellationToken cancellation)
        {
            for (int step = first; step < BatchesPerEpoch; step++) yield return Batch(epoch * BatchesPerEpoch + step);
        }

        public (Tensor Loss, Tensor Metric) Evaluate(TorchNetwork network, TrainingBatch batch) => _task.Evaluate(network, batch);

        public double? Validate(TorchNetwork network, BatchParts parts, CancellationToken cancellation)
        {
            beforeValidation?.Invoke();
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            network.eval();
            return -_task.Evaluate(network, Batch(1000)).Loss.item<float>();
        }

        private static TrainingBatch Batch(int number)
        {
            var random = new Random(number);
            byte[] labels = [.. Enumerable.Range(0, 2 * 16 * 16).Select(i => (byte)(i % 16 < 8 ? 1 : 0))];
            byte[] images =
                [.. Enumerable.Range(0, 2 * 3 * 16 * 16).Select(i => (byte)((i / 3 % 16 < 8 ? 140 : 80) + random.Next(80)))];
            return new TrainingBatch(2, 3, 16, 16, images, labels);
        }
    }
}
