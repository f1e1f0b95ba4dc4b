using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Torch;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class CheckpointTest
{
    private static readonly SegmentationTrainerOptions _options = new()
    {
        Epochs = 4,
        LearningRate = 1e-2,
        WeightAveraging = 0.9,
        WeightDecay = 0.01,
        Optimizer = OptimizerKind.AdamW,
        ValidationFraction = 0.1,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoint-test-").FullName;

    private string File => Path.Combine(_folder, "training.checkpoint");

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow(5)]
    [DataRow(9)]
    [DataRow(12)]
    public void Load_TrainingInterrupted_GoesOnBitForBit(int stepsBefore)
    {
        var (losses, weights) = Train(_options);
        using var interruption = new CancellationTokenSource();
        var options = _options with { CheckpointPath = File, CancellationToken = interruption.Token };

        Assert.ThrowsExactly<OperationCanceledException>(() => Train(options, report =>
        {
            if (report.Step == stepsBefore) interruption.Cancel();
        }));
        var (rest, resumed) = Train(options with { Resume = true, CancellationToken = default });

        CollectionAssert.AreEqual(losses.Skip(stepsBefore).ToArray(), rest.Skip(rest.Count - losses.Count + stepsBefore).ToArray());
        CollectionAssert.AreEqual(weights, resumed);
    }

    [TestMethod]
    [DataRow(1, 2)]
    [DataRow(2, 2)]
    [DataRow(4, 1)]
    public void Load_InterruptedInAValidation_GoesOnBitForBit(int validation, int interval)
    {
        var plain = _options with { ValidationInterval = interval, WeightAveraging = 0, Optimizer = OptimizerKind.Adam, GradientAccumulation = 2 };
        var validated = new List<double>();
        var (losses, weights) = Train(plain, report => validated.AddRange(report.ValidationMetric is double value ? [value] : []));
        using var interruption = new CancellationTokenSource();
        var options = plain with { CheckpointPath = File, CancellationToken = interruption.Token };

        int validations = 0;
        Assert.ThrowsExactly<OperationCanceledException>(() => Train(options, beforeValidation: () =>
        {
            if (++validations == validation) interruption.Cancel();
        }));
        var again = new List<double>();
        var (rest, resumed) = Train(
            options with { Resume = true, CancellationToken = default }, report => again.AddRange(report.ValidationMetric is double value ? [value] : []));

        int stepsBefore = 2 * validation * interval;
        CollectionAssert.AreEqual(losses.Skip(stepsBefore).ToArray(), rest);
        CollectionAssert.AreEqual(validated.Skip(validation - 1).ToArray(), again);
        CollectionAssert.AreEqual(weights, resumed);
    }

    [TestMethod]
    public void Load_OtherDuration_SaysSo()
    {
        Train(_options with { CheckpointPath = File, Epochs = 1 });

        var error = Assert.ThrowsExactly<InvalidDataException>(() => Train(_options with { CheckpointPath = File, Resume = true, Epochs = 2 }));

        StringAssert.Contains(error.Message, "duration 1 epochs, expected 2 epochs");
    }

    [TestMethod]
    public void Load_TimeBudget_CountsTheTimeBefore()
    {
        using var interruption = new CancellationTokenSource();
        var options = _options with { TimeBudget = TimeSpan.FromSeconds(2), CheckpointPath = File, CancellationToken = interruption.Token };
        double part = 0;
        Assert.ThrowsExactly<OperationCanceledException>(() => Train(options, report =>
        {
            part = report.Fraction;
            if (part > 0.5) interruption.Cancel();
        }));

        var fractions = new List<double>();
        Train(options with { Resume = true, CancellationToken = default }, report => fractions.Add(report.Fraction));

        Assert.IsGreaterThanOrEqualTo(part, fractions[0]);
        Assert.IsGreaterThan(0.9, fractions[^1]);
    }

    [TestMethod]
    public void Save_DiskFull_IsTriedOncePerInterval()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("/dev/full stands for a full disk; this system has none.");
        System.IO.File.CreateSymbolicLink(File + ".partial", "/dev/full");
        var options = _options with { CheckpointInterval = TimeSpan.FromMilliseconds(500) };
        var checkpoint = new Checkpoint(File, options, TrainingDuration.OfEpochs(1), images: 8);
        using var network = new TorchNetwork(Tiny("tiny", 8));
        using var state = new TrainingState(network, Optimizer.Create(options, network.WeightsByName));
        Thread.Sleep(600);
        Assert.IsTrue(checkpoint.IsDue);

        Assert.ThrowsExactly<IOException>(() => checkpoint.Save(state));

        Assert.IsFalse(checkpoint.IsDue);
    }

    [TestMethod]
    public void Load_NoFile_TrainsAnew()
    {
        var (losses, weights) = Train(_options);
        var (same, sameWeights) = Train(_options with { CheckpointPath = File, Resume = true });

        CollectionAssert.AreEqual(losses, same);
        CollectionAssert.AreEqual(weights, sameWeights);
    }

    [TestMethod]
    public void Load_TrainingThatHadEnded_GivesItsWeights()
    {
        var (_, weights) = Train(_options with { CheckpointPath = File });
        var (losses, again) = Train(_options with { CheckpointPath = File, Resume = true });

        Assert.IsEmpty(losses);
        CollectionAssert.AreEqual(weights, again);
    }

    [TestMethod]
    public void Load_OtherNetworkSeedOrOptimizer_SaysWhatDiffers()
    {
        Train(_options with { CheckpointPath = File, Epochs = 1 });
        var options = _options with { CheckpointPath = File, Resume = true };

        var seed = Assert.ThrowsExactly<InvalidDataException>(() => Train(options with { Seed = 7, Optimizer = OptimizerKind.Sgd }));
        var wider = Assert.ThrowsExactly<InvalidDataException>(() => Train(options, width: 12));
        var other = Assert.ThrowsExactly<InvalidDataException>(() => Train(options, name: "other"));

        StringAssert.Contains(seed.Message, "seed 1, expected 7");
        StringAssert.Contains(seed.Message, "optimizer AdamW, expected Sgd");
        StringAssert.Contains(wider.Message, "8×3×3×3, expected 12×3×3×3");
        StringAssert.Contains(other.Message, "network tiny, expected other");
    }

    [TestMethod]
    public void Load_OtherVersion_SaysSo()
    {
        Train(_options with { CheckpointPath = File, Epochs = 1 });
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        int at = bytes.AsSpan().IndexOf("\"format\":\"1\""u8) + "\"format\":\"".Length;
        bytes[at] = (byte)'9';
        System.IO.File.WriteAllBytes(File, bytes);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => Train(_options with { CheckpointPath = File, Resume = true }));

        StringAssert.Contains(error.Message, "format 9, expected 1");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4)]
    [DataRow(300)]
    [DataRow(-1)]
    public void Load_Truncated_SaysThatItIsDamaged(int length)
    {
        Train(_options with { CheckpointPath = File, Epochs = 1 });
        using (var stream = new FileStream(File, FileMode.Open)) stream.SetLength(length < 0 ? stream.Length + length : length);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => Train(_options with { CheckpointPath = File, Resume = true }));

        StringAssert.Contains(error.Message, File);
        StringAssert.Contains(error.Message, "damaged");
    }

    [TestMethod]
    public void Save_DiskFull_KeepsTheOldCheckpointAndTheTraining()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("/dev/full stands for a full disk; this system has none.");
        var options = _options with { CheckpointPath = File, Epochs = 1 };
        Train(options with { Seed = 2 });
        byte[] old = System.IO.File.ReadAllBytes(File);
        System.IO.File.CreateSymbolicLink(File + ".partial", "/dev/full");
        var warnings = new List<string>();

        var (_, weights) = Train(options, report => warnings.AddRange(report.Warning is { } text ? [text] : []));

        Assert.HasCount(1, warnings);
        StringAssert.Contains(warnings[0], "No space left");
        CollectionAssert.AreEqual(old, System.IO.File.ReadAllBytes(File));
        CollectionAssert.AreEqual(Train(_options with { Epochs = 1 }).Weights, weights);
    }

    private static (List<double> Losses, float[] Weights) Train(
        SegmentationTrainerOptions options, Action<TrainingProgress>? report = null, string name = "tiny", int width = 8, Action? beforeValidation = null)
    {
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            random.manual_seed(options.Seed);
            using var network = new TorchNetwork(Tiny(name, width), options.Seed);
            var losses = new List<double>();
            var progress = new SynchronousProgress(value =>
            {
                if (value.ValidationMetric is null && value.Warning is null) losses.Add(value.Loss);
                report?.Invoke(value);
            });
            options = options with { Progress = progress };
            new TrainingLoop(network, new StripeTask(beforeValidation), options, TrainingDuration.Of(options)).Run();
            return (losses, [.. network.WeightsByName.SelectMany(one => one.Weight.detach().contiguous().data<float>().ToArray())]);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static LayerGraph Tiny(string name, int width)
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
        private readonly SegmentationTask _task = new(null!, null!, new SegmentationLoss([1, 1], new SegmentationLossOptions()), []);

        public TrainingMetric Metric => TrainingMetric.PixelAccuracy;

        public TrainingMetric ValidationMetric => TrainingMetric.MeanIoU;

        public int Images => 8;

        public int BatchesPerEpoch => 4;

        public IEnumerable<TrainingBatch> Batches(int epoch, int first, CancellationToken cancellation)
        {
            for (int step = first; step < BatchesPerEpoch; step++) yield return Batch(epoch * BatchesPerEpoch + step);
        }

        public (Tensor Loss, Tensor Metric) Evaluate(TorchNetwork network, TrainingBatch batch) => _task.Evaluate(network, batch);

        public double? Validate(TorchNetwork network, CancellationToken cancellation)
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
            float[] images = [.. Enumerable.Range(0, 2 * 3 * 16 * 16).Select(i => (i / 3 % 16 < 8 ? 140f : 80f) + random.Next(80))];
            return new TrainingBatch(2, 3, 16, 16, images, labels);
        }
    }
}
