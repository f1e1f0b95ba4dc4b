using System.Runtime.InteropServices;
using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TrainingLoopTest
{
    private static readonly SegmentationTrainerOptions _options = new()
    {
        LearningRate = 1e-2,
        Optimizer = OptimizerKind.Adam,
        WeightAveraging = 0,
        Schedule = new LearningRateSchedule.Constant(),
    };
    private readonly string _folder = Directory.CreateTempSubdirectory("training-loop-test-").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Run_HundredSteps_KeepsTheNumberOfLiveTensors()
    {
        using var network = new TorchNetwork(Tiny());
        var counts = new List<long>();
        var progress = new SynchronousProgress(_ => counts.Add(Tensor.TotalCount));
        // Tensors that other tests left to the finalizer are counted too, until it has run.
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Train(network, new RectangleTask(steps: 25), _options with { Epochs = 5, Progress = progress });

        Assert.HasCount(125, counts);
        long settled = counts[24];
        Assert.IsTrue(
            counts.Skip(25).All(count => count == settled), $"From {settled} to {counts.Max()} live tensors over 100 steps.");
    }

    [TestMethod]
    public void Run_EverythingAtOnce_KeepsTheNumberOfLiveTensors()
    {
        using var network = new TorchNetwork(Tiny());
        var counts = new List<long>();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var options = _options with
        {
            Epochs = 6,
            Optimizer = OptimizerKind.AdamW,
            WeightAveraging = 0.9,
            GradientAccumulation = 2,
            GradientClipNorm = 1,
            CheckpointPath = Path.Combine(_folder, "training.checkpoint"),
            CheckpointInterval = TimeSpan.FromTicks(1),
            TensorBoardFolder = _folder,
            Progress =
                new SynchronousProgress(report => counts.AddRange(report.ValidationMetric is null ? [Tensor.TotalCount] : [])),
        };

        Train(network, new RectangleTask(steps: 20) { Validation = 0.5 }, options);

        Assert.HasCount(60, counts);
        // The first validation keeps the best weights; after it nothing is added.
        Assert.IsTrue(counts.Skip(20).All(count => count == counts[20]), string.Join(' ', counts));
    }

    [TestMethod]
    public void Run_TensorBoardFolder_ReceivesCurves()
    {
        using var network = new TorchNetwork(Tiny());
        Train(network, new RectangleTask(steps: 3) { Validation = 0.5 },
            _options with { Epochs = 2, TensorBoardFolder = _folder });

        string log = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Directory.GetFiles(_folder).Single()));
        foreach (string tag in new[] { "train/loss", "train/pixel accuracy", "learning rate", "validation/mean IoU" })
            StringAssert.Contains(log, tag);
    }

    [TestMethod]
    public void Run_CheckpointInterval_WritesWithinAnEpoch()
    {
        using var network = new TorchNetwork(Tiny());
        string checkpoint = Path.Combine(_folder, "new", "training.checkpoint");
        var exists = new List<bool>();
        var progress = new SynchronousProgress(_ => exists.Add(File.Exists(checkpoint)));

        Train(network, new RectangleTask(steps: 4),
            _options with
            {
                Epochs = 1,
                CheckpointPath = checkpoint,
                CheckpointInterval = TimeSpan.FromTicks(1),
                Progress = progress,
            });

        CollectionAssert.AreEqual(new[] { false, true, true, true }, exists);
    }

    [TestMethod]
    public void Run_CheckpointIsAFolder_SaysSoBeforeTheFirstStep()
    {
        using var network = new TorchNetwork(Tiny());
        int steps = 0;

        var error = Assert.ThrowsExactly<IOException>(() => Train(
            network, new RectangleTask(steps: 4),
            _options with { Epochs = 1, CheckpointPath = _folder, Progress = new SynchronousProgress(_ => steps++) }));

        StringAssert.Contains(error.Message, "is a folder");
        Assert.AreEqual(0, steps);
    }

    [TestMethod]
    public void Run_GradientClipNorm_BoundsTheStep()
    {
        using var network = new TorchNetwork(Tiny());
        float[] before = Weights(network);
        var options = _options with
        {
            Epochs = 1,
            Optimizer = OptimizerKind.Sgd,
            Momentum = 0,
            LearningRate = 0.5,
            GradientClipNorm = 1e-3,
        };

        Train(network, new RectangleTask(steps: 1), options);

        double norm = Math.Sqrt(Weights(network).Zip(before).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));
        Assert.AreEqual(0.5 * 1e-3, norm, 1e-6);
    }

    [TestMethod]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    public void Run_ValidationIsNoNumber_StopsWithTheBestWeights(double measure)
    {
        using var network = new TorchNetwork(Tiny());
        var task = new RectangleTask(steps: 2) { Validations = new Queue<double?>([0.4, measure]) };
        float[] best = [];
        var progress = new SynchronousProgress(report =>
        {
            if (report.ValidationMetric == 0.4) best = Weights(network);
        });

        Assert.ThrowsExactly<TrainingDivergedException>(
            () => Train(network, task, _options with { Epochs = 5, Progress = progress }));

        CollectionAssert.AreEqual(best, Weights(network));
    }

    [TestMethod]
    public void Run_KeepLast_ForgetsTheBestValidation()
    {
        using var network = new TorchNetwork(Tiny());
        using var same = new TorchNetwork(Tiny());
        Train(same, new RectangleTask(steps: 2), _options with { Epochs = 3 });

        var task = new RectangleTask(steps: 2) { Validations = new Queue<double?>([0.9, 0.4, 0.3]) };
        Train(network, task, _options with { Epochs = 3, RestoreBestWeights = false });

        CollectionAssert.AreEqual(Weights(same), Weights(network));
    }

    [TestMethod]
    public void Run_Always_LowersTheLoss()
    {
        using var network = new TorchNetwork(Tiny());
        var losses = new List<double>();

        Train(network, new RectangleTask(steps: 10),
            _options with { Epochs = 6, Progress = new SynchronousProgress(report => losses.Add(report.Loss)) });

        Assert.IsLessThan(losses[0] / 2, losses[^1]);
    }

    [TestMethod]
    public void Run_Progress_CountsEpochsStepsAndTime()
    {
        using var network = new TorchNetwork(Tiny());
        var reports = new List<TrainingProgress>();

        Train(network, new RectangleTask(steps: 3) { Validation = 0.5 },
            _options with { Epochs = 2, Progress = new SynchronousProgress(reports.Add) });

        CollectionAssert.AreEqual(new[] { 1, 2, 3, 3, 4, 5, 6, 6 }, reports.Select(report => report.Step).ToArray());
        CollectionAssert.AreEqual(new[] { 1, 1, 1, 1, 2, 2, 2, 2 }, reports.Select(report => report.Epoch).ToArray());
        CollectionAssert.AreEqual(new double?[] { null, null, null, 0.5, null, null, null, 0.5 },
            reports.Select(report => report.ValidationMetric).ToArray());
        Assert.AreEqual(1, reports[^1].Fraction);
        Assert.AreEqual(TimeSpan.Zero, reports[^1].TimeLeft);
        Assert.IsTrue(reports.All(report => report.ImagesPerSecond > 0 && report.Epochs == 2));
    }

    [TestMethod]
    public void Run_LossIsNoNumber_StopsAndKeepsTheLastGoodWeights()
    {
        using var network = new TorchNetwork(Tiny());
        var task = new RectangleTask(steps: 4) { BadStep = 7 };
        float[] afterFirstEpoch = [];
        var progress = new SynchronousProgress(report =>
        {
            if (report.Step == 4) afterFirstEpoch = Weights(network);
        });

        var error = Assert.ThrowsExactly<TrainingDivergedException>(
            () => Train(network, task, _options with { Epochs = 3, Progress = progress }));

        StringAssert.Contains(error.Message, "step 7");
        StringAssert.Contains(error.Message, "start of epoch 2 are kept");
        CollectionAssert.AreEqual(afterFirstEpoch, Weights(network));
    }

    [TestMethod]
    public void Run_Cancelled_Stops()
    {
        using var network = new TorchNetwork(Tiny());
        using var source = new CancellationTokenSource();
        int steps = 0;
        var progress = new SynchronousProgress(_ =>
        {
            if (++steps == 2) source.Cancel();
        });

        Assert.ThrowsExactly<OperationCanceledException>(
            () => Train(network, new RectangleTask(steps: 5),
                _options with { Epochs = 3, Progress = progress, CancellationToken = source.Token }));
        Assert.AreEqual(2, steps);
    }

    [TestMethod]
    public void Run_AveragedWeights_KeepsTheirMovingAverage()
    {
        using var network = new TorchNetwork(Tiny());
        using var same = new TorchNetwork(Tiny());
        var steps = new List<float[]> { Weights(same) };
        Train(same, new RectangleTask(steps: 4),
            _options with { Epochs = 2, Progress = new SynchronousProgress(_ => steps.Add(Weights(same))) });

        Train(network, new RectangleTask(steps: 4), _options with { Epochs = 2, WeightAveraging = 0.5 });

        // The decay is (1 + step) / (10 + step) until it reaches 0.5 at step 8, after the last of these eight.
        float[] expected = steps[0];
        for (int step = 0; step <= 8; step++)
        {
            float decay = Math.Min(0.5f, (1f + step) / (10 + step));
            expected = [.. expected.Zip(steps[step], (average, weight) => average * decay + weight * (1 - decay))];
        }
        float[] actual = Weights(network);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-5);
    }

    /// <summary>
    /// By turns the validations are of the average and of the weights themselves: here those of the first epoch.
    /// </summary>
    [TestMethod]
    [DataRow(0.6, true)]
    [DataRow(0.8, false)]
    public void Run_AveragedWeights_KeepsTheBestOnesThemselvesWhereTheyAreBetter(double average, bool keepsLive)
    {
        using var network = new TorchNetwork(Tiny());
        using var same = new TorchNetwork(Tiny());
        var notes = new List<string>();
        var options = _options with { Epochs = 2, WeightAveraging = 0.5 };
        Train(same, new RectangleTask(steps: 4), _options with { Epochs = 1 });

        Train(
            network, new RectangleTask(steps: 4) { Validations = new Queue<double?>([average, 0.7, 0.5, 0.4]) },
            options with { Progress = new SynchronousProgress(report => notes.AddRange(report.Note is { } note ? [note] : [])) });

        if (keepsLive) CollectionAssert.AreEqual(Weights(same), Weights(network));
        else CollectionAssert.AreNotEqual(Weights(same), Weights(network));
        Assert.HasCount(keepsLive ? 1 : 0, notes);
    }

    [TestMethod]
    public void Run_GradientAccumulation_IsOneStepOfTheWholeBatch()
    {
        // Without batch normalisation the mean of two batches' gradients is the gradient of the two together.
        using var network = new TorchNetwork(Linear());
        using var whole = new TorchNetwork(Linear());
        var options = _options with { Epochs = 1, Optimizer = OptimizerKind.Sgd, LearningRate = 0.05 };
        var reports = new List<TrainingProgress>();

        Train(network, new RectangleTask(steps: 4),
            options with { GradientAccumulation = 2, Progress = new SynchronousProgress(reports.Add) });
        Train(whole, new RectangleTask(steps: 4) { Joined = 2 }, options);

        Assert.HasCount(2, reports);
        float[] expected = Weights(whole), actual = Weights(network);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-5);
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(1)]
    public void Run_BatchThatTheMemoryDoesNotHold_IsOneStepOfTheWholeBatch(int mostImages)
    {
        using var network = new TorchNetwork(Linear());
        using var whole = new TorchNetwork(Linear());
        var options = _options with { Epochs = 1, Optimizer = OptimizerKind.Sgd, LearningRate = 0.05 };
        var reports = new List<TrainingProgress>();

        Train(network, new RectangleTask(steps: 4) { Joined = 2, MostImages = mostImages },
            options with { Progress = new SynchronousProgress(reports.Add) });
        Train(whole, new RectangleTask(steps: 4) { Joined = 2 }, options);

        float[] expected = Weights(whole), actual = Weights(network);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-5);
        Assert.HasCount(2, reports.Where(report => report.Warning is null).ToArray());
        string[] warnings = [.. reports.Select(report => report.Warning).OfType<string>()];
        Assert.HasCount(mostImages == 1 ? 2 : 1, warnings);
        StringAssert.Contains(warnings[0], "does not hold a batch of 4 images. The training goes on with 2 at a time");
    }

    [TestMethod]
    public void Run_ImageThatTheMemoryDoesNotHold_SaysWhatToDo()
    {
        using var network = new TorchNetwork(Linear());

        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => Train(network, new RectangleTask(steps: 4) { MostImages = 0 }, _options with { Epochs = 1 })).Message;

        StringAssert.Contains(message, "does not hold one image");
        StringAssert.Contains(message, "Tried to allocate 20.00 MiB");
        StringAssert.Contains(message, "smaller window");
    }

    [TestMethod]
    public void Run_AnotherErrorOfTheDevice_IsPassedOn()
    {
        using var network = new TorchNetwork(Linear());
        var task = new RectangleTask(steps: 4) { MostImages = 0, Error = "CUDA error: an illegal memory access was encountered" };

        Assert.ThrowsExactly<ExternalException>(() => Train(network, task, _options with { Epochs = 1 }));
    }

    [TestMethod]
    public void Run_ValidationGetsNoBetter_EndsEarlyWithTheBestWeights()
    {
        using var network = new TorchNetwork(Tiny());
        double[] validations = [0.3, 0.5, 0.4, 0.45, 0.9];
        var task = new RectangleTask(steps: 2) { Validations = new Queue<double?>(validations.Select(value => (double?)value)) };
        var reports = new List<TrainingProgress>();
        float[] best = [];
        var progress = new SynchronousProgress(report =>
        {
            reports.Add(report);
            if (report.ValidationMetric == 0.5) best = Weights(network);
        });

        Train(network, task,
            _options with { Epochs = 9, EarlyStoppingPatience = 2, ValidationFraction = 0.1, Progress = progress });

        var validated = reports.Where(report => report.ValidationMetric is not null).ToArray();
        CollectionAssert.AreEqual(
            new double?[] { 0.3, 0.5, 0.4, 0.45 }, validated.Select(report => report.ValidationMetric).ToArray());
        CollectionAssert.AreEqual(
            new[] { true, true, false, false }, validated.Select(report => report.IsBestValidation).ToArray());
        Assert.IsTrue(validated[^1].IsStoppingEarly);
        CollectionAssert.AreEqual(best, Weights(network));
    }

    [TestMethod]
    public void Run_ValidationInterval_ValidatesEachOfItAndTheLast()
    {
        using var network = new TorchNetwork(Tiny());
        var reports = new List<TrainingProgress>();
        var task = new RectangleTask(steps: 2) { Validation = 0.5 };

        Train(network, task,
            _options with { Epochs = 5, ValidationInterval = 2, Progress = new SynchronousProgress(reports.Add) });

        CollectionAssert.AreEqual(new[] { 2, 4, 5 },
            reports.Where(report => report.ValidationMetric is not null).Select(report => report.Epoch).ToArray());
    }

    [TestMethod]
    public void Run_DivergesAfterAValidation_KeepsTheBestWeights()
    {
        using var network = new TorchNetwork(Tiny());
        var task = new RectangleTask(steps: 4) { BadStep = 11, Validations = new Queue<double?>([0.8, 0.6]) };
        float[] best = [];
        var progress = new SynchronousProgress(report =>
        {
            if (report.ValidationMetric == 0.8) best = Weights(network);
        });

        var error = Assert.ThrowsExactly<TrainingDivergedException>(
            () => Train(network, task, _options with { Epochs = 4, Progress = progress }));

        StringAssert.Contains(error.Message, "best validation are kept");
        CollectionAssert.AreEqual(best, Weights(network));
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.9)]
    public void Run_LossesReadLate_IsTheSameTraining(double averaging)
    {
        var (losses, weights) = Losses(isReadLate: false);
        var (lateLosses, lateWeights) = Losses(isReadLate: true);

        CollectionAssert.AreEqual(losses, lateLosses);
        CollectionAssert.AreEqual(weights, lateWeights);

        (List<double> Losses, float[] Weights) Losses(bool isReadLate)
        {
            using var network = new TorchNetwork(Tiny());
            var losses = new List<double>();
            var progress = new SynchronousProgress(report =>
            {
                if (report.ValidationMetric is null) losses.Add(report.Loss);
            });
            var options = _options with
            {
                Epochs = 3,
                GradientAccumulation = 2,
                WeightAveraging = averaging,
                CheckpointPath = Path.Combine(_folder, $"{isReadLate}.checkpoint"),
                Progress = progress,
            };
            Train(network, new RectangleTask(steps: 10) { Validation = 0.5 }, options, isReadLate);
            return (losses, Weights(network));
        }
    }

    /// <summary>
    /// The weights are broken by the step of the bad loss, and the step after it is made with them before anybody knows: what is
    /// kept is as if the loss had been read at once. Step 9 is the first of an epoch, when weights are kept without an average.
    /// </summary>
    [TestMethod]
    [DataRow(7, 0.0)]
    [DataRow(9, 0.0)]
    [DataRow(7, 0.9)]
    [DataRow(12, 0.9)]
    public void Run_BadLossReadLate_KeepsTheSameWeights(int badStep, double averaging)
    {
        var options = _options with { Epochs = 4, WeightAveraging = averaging };
        using var network = new TorchNetwork(Tiny());
        using var late = new TorchNetwork(Tiny());

        var error = Assert.ThrowsExactly<TrainingDivergedException>(
            () => Train(network, new RectangleTask(steps: 4) { BadStep = badStep }, options));
        var lateError = Assert.ThrowsExactly<TrainingDivergedException>(
            () => Train(late, new RectangleTask(steps: 4) { BadStep = badStep }, options, isReadLate: true));

        Assert.AreEqual(error.Message, lateError.Message);
        CollectionAssert.AreEqual(AllWeights(network), AllWeights(late));
    }

    [TestMethod]
    public void Run_BadLossReadLate_IsInNoCheckpoint()
    {
        string checkpoint = Path.Combine(_folder, "training.checkpoint");
        var options = _options with
        {
            Epochs = 3,
            CheckpointPath = checkpoint,
            CheckpointInterval = TimeSpan.FromTicks(1),
        };
        using var network = new TorchNetwork(Tiny());
        Assert.ThrowsExactly<TrainingDivergedException>(
            () => Train(network, new RectangleTask(steps: 4) { BadStep = 7 }, options, isReadLate: true));

        using FileStream stream = File.OpenRead(checkpoint);
        StringAssert.Contains(SafetensorsReader.Read(stream).Metadata["position"], "\"Step\":6");
    }

    private static void Train(
        TorchNetwork network, ITrainingTask task, SegmentationTrainerOptions options, bool isReadLate = false) =>
        new TrainingLoop(network, task, options, TrainingDuration.Of(options)) { IsReadLate = isReadLate }.Run();

    private static float[] AllWeights(TorchNetwork network) =>
        [.. network.WeightsByName.SelectMany(one => one.Weight.detach().contiguous().data<float>().ToArray())];

    private static float[] Weights(TorchNetwork network) =>
        [.. network.parameters().SelectMany(weight => weight.data<float>().ToArray())];

    private static LayerGraph Tiny()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        SymbolicTensor x = new Normalization([128], [64]).Apply(image);
        x = new Relu().Apply(new BatchNormalization().Apply(new Conv2D(8, 3).Apply(x)));
        return new LayerGraph("tiny", [image], [new Conv2D(2, 1).Apply(x)]);
    }

    private static LayerGraph Linear()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        SymbolicTensor x = new Normalization([128], [64]).Apply(image);
        return new LayerGraph("linear", [image], [new Conv2D(2, 3).Apply(x)]);
    }

    /// <summary>Bright rectangles on a dark ground.</summary>
    private sealed class RectangleTask(int steps) : ITrainingTask
    {
        private readonly SegmentationTask _task = new(
            null!, null!, new SegmentationLoss([1, 1], new SegmentationLossOptions { Dice = 0 }), []);
        private int _step;

        public int BadStep { get; init; } = -1;

        public double? Validation { get; init; }

        public Queue<double?>? Validations { get; init; }

        public int Joined { get; init; } = 1;

        public int MostImages { get; init; } = int.MaxValue;

        public string Error { get; init; } = "CUDA out of memory. Tried to allocate 20.00 MiB.\nException raised from malloc";

        public TrainingMetric Metric => TrainingMetric.PixelAccuracy;

        public TrainingMetric ValidationMetric => TrainingMetric.MeanIoU;

        public int Images => 2 * steps;

        public int BatchesPerEpoch => steps / Joined;

        public IEnumerable<TrainingBatch> Batches(int epoch, int first, CancellationToken cancellation) =>
            Single(epoch).Chunk(Joined).Skip(first).Select(batches => new TrainingBatch(
                2 * batches.Length, 3, 16, 16, [.. batches.SelectMany(batch => batch.Images.ToArray())],
                [.. batches.SelectMany(batch => batch.Labels.ToArray())]));

        private IEnumerable<TrainingBatch> Single(int epoch)
        {
            for (int step = 0; step < steps; step++)
            {
                var random = new Random(epoch * steps + step);
                byte[] labels = [.. Enumerable.Range(0, 2 * 16 * 16).Select(i => (byte)(i % 16 < 8 ? 1 : 0))];
                byte[] images =
                    [.. Enumerable.Range(0, 2 * 3 * 16 * 16).Select(i => (byte)((i / 3 % 16 < 8 ? 160 : 60) + random.Next(40)))];
                yield return new TrainingBatch(2, 3, 16, 16, images, labels);
            }
        }

        public (Tensor Loss, Tensor Metric) Evaluate(TorchNetwork network, TrainingBatch batch)
        {
            var (loss, metric) = _task.Evaluate(network, batch);
            if (batch.Count > MostImages) throw new ExternalException(Error);
            return (++_step == BadStep ? loss * float.NaN : loss, metric);
        }

        public double? Validate(TorchNetwork network, BatchParts parts, CancellationToken cancellation) =>
            Validations is { } queue ? queue.Dequeue() : Validation;
    }
}
