using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>How a training treats an encoder: its own rate, and stages that are trained later.</summary>
[TestClass]
public sealed class EncoderTrainingTest
{
    private const int BatchCount = 4;
    private static readonly SegmentationTrainerOptions _options = new()
    {
        Epochs = 5,
        LearningRate = 1e-2,
        Optimizer = OptimizerKind.Adam,
        WeightAveraging = 0,
        Schedule = new LearningRateSchedule.Constant(),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("encoder-training-test-").FullName;

    private string CheckpointFile => Path.Combine(_folder, "training.checkpoint");

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow(OptimizerKind.Adam)]
    [DataRow(OptimizerKind.AdamW)]
    [DataRow(OptimizerKind.Sgd)]
    public void EncoderLearningRate_Zero_LeavesTheEncoderAsItIs(OptimizerKind kind)
    {
        var changes = Train(_options with { EncoderLearningRate = 0, Optimizer = kind, WeightDecay = 0.1, Epochs = 1 });

        // The moving statistics are no weights: they follow the images.
        Assert.AreSequenceEqual([0], changes[^1]);
    }

    [TestMethod]
    public void EncoderLearningRate_OfTheRest_IsTheDefault() => CollectionAssert.AreEqual(
        Weights(_options with { Epochs = 1 }), Weights(_options with { Epochs = 1, EncoderLearningRate = 1e-2 }));

    /// <summary>
    /// A step of SGD without momentum is the rate times the gradient: a tenth of the rate is a tenth of the step.
    /// </summary>
    [TestMethod]
    public void EncoderLearningRate_ATenth_IsATenthOfTheStep()
    {
        var options = _options with { Optimizer = OptimizerKind.Sgd, Momentum = 0 };
        float[] start = Start(), whole = OneStep(options), tenth = OneStep(options with { EncoderLearningRate = 1e-3 });
        int[] stages = Stages();
        for (int i = 0; i < start.Length; i++)
        {
            double expected = (whole[i] - start[i]) / (stages[i] > 0 ? 10 : 1);
            Assert.AreEqual(expected, tenth[i] - start[i], 1e-6 + Math.Abs(expected) * 1e-3);
        }
    }

    /// <summary>
    /// 20 steps; a stage is released every fifth. Step 6, the first after a quarter of the training, is the first of stage 5.
    /// </summary>
    [TestMethod]
    public void UnfreezeAfter_AQuarter_ReleasesTheLastStageFirst()
    {
        var changes = Train(_options with { UnfreezeAfter = 0.25 });

        int[][] expected = [[0], [0, 5], [0, 4, 5], [0, 3, 4, 5]];
        for (int step = 1; step <= 20; step++) Assert.AreSequenceEqual(expected[(step - 1) / 5], changes[step - 1]);
    }

    [TestMethod]
    public void UnfreezeAfter_HeldStages_KeepTheirStatistics()
    {
        float[] Statistics(double unfreezeAfter)
        {
            using var network = Create();
            Run(network, _options with { UnfreezeAfter = unfreezeAfter, Epochs = 1 });
            return Values(network.WeightsByName.Where(one => one.EncoderStage == 1 && IsStatistic(one)));
        }

        float[] held = Statistics(0.9), trained = Statistics(0);
        Assert.IsTrue(held.All(value => value is 0 or 1), "The statistics begin as 0 and 1.");
        Assert.IsFalse(trained.All(value => value is 0 or 1));
    }

    /// <summary>
    /// Adam's first step of a weight is the rate, whatever the gradient. For a stage that is released later its first step counts
    /// as the first, or it would be three times as long: 0.1 / √0.001.
    /// </summary>
    [TestMethod]
    public void UnfreezeAfter_FirstStepOfAStage_IsNoLongerThanTheRate()
    {
        using var network = Create();
        float[] before = [];
        double largest = 0;
        Run(network, _options with { UnfreezeAfter = 0.5 }, step =>
        {
            float[] now = Values(network.WeightsByName.Where(one => one.EncoderStage == 5 && !IsStatistic(one)));
            if (step == 11) largest = now.Zip(before).Max(pair => Math.Abs(pair.First - pair.Second));
            before = now;
        });

        Assert.AreEqual(1e-2, largest, 1e-4);
    }

    [TestMethod]
    [DataRow(2, false)]
    [DataRow(3, false)]
    [DataRow(3, true)]
    public void Resume_WithAllOfIt_IsTheUninterruptedTrainingBitForBit(int epochs, bool isReadLate)
    {
        var options = _options with
        {
            EncoderLearningRate = 3e-3,
            UnfreezeAfter = 0.15,
            WeightAveraging = 0.9,
            GradientClipNorm = 1,
            CheckpointPath = CheckpointFile,
        };
        float[] expected = Weights(options with { CheckpointPath = null });
        using var interruption = new CancellationTokenSource();
        var interrupted = options with { CancellationToken = interruption.Token };
        Assert.ThrowsExactly<OperationCanceledException>(() =>
        {
            using var network = Create();
            Action<int> interrupt = step =>
            {
                if (step == epochs * BatchCount) interruption.Cancel();
            };
            Run(network, interrupted, interrupt, isReadLate);
        });

        CollectionAssert.AreEqual(expected, Weights(options with { Resume = true }));
    }

    /// <summary>0.6 / 0.2 is a little less than 3 in floating point, and is the third release all the same.</summary>
    [TestMethod]
    [DataRow(0.0, 5)]
    [DataRow(0.19, 5)]
    [DataRow(0.2, 4)]
    [DataRow(0.6, 2)]
    [DataRow(0.99, 1)]
    [DataRow(1.0, 0)]
    public void HeldStages_EveryFifth_AreOneLess(double fraction, int expected) =>
        Assert.AreEqual(expected, (_options with { UnfreezeAfter = 0.2 }).HeldStages(stages: 5, fraction));

    [TestMethod]
    [DataRow(-0.1)]
    [DataRow(1.0)]
    public void UnfreezeAfter_NoPart_SaysWhatToGive(double part)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => (_options with { UnfreezeAfter = part }).Validate(sizeMultiple: 32));

        StringAssert.Contains(error.Message, "Give a part of the training, 0 to below 1.");
    }

    /// <summary>The stages whose weights each step changed; 0 is the rest of the network.</summary>
    private static List<int[]> Train(SegmentationTrainerOptions options)
    {
        using var network = Create();
        var changes = new List<int[]>();
        float[][] before = ByStage(network);
        Run(network, options, _ =>
        {
            float[][] now = ByStage(network);
            changes.Add([.. Enumerable.Range(0, now.Length).Where(stage => !now[stage].SequenceEqual(before[stage]))]);
            before = now;
        });
        return changes;
    }

    private static float[] Weights(SegmentationTrainerOptions options)
    {
        using var network = Create();
        Run(network, options);
        return Values(network.WeightsByName);
    }

    private static float[] OneStep(SegmentationTrainerOptions options)
    {
        using var network = Create();
        float[]? first = null;
        Run(network, options with { Epochs = 1 }, _ => first ??= Trained(network));
        return first!;
    }

    private static float[] Start()
    {
        using var network = Create();
        return Trained(network);
    }

    private static int[] Stages()
    {
        using var network = Create();
        return
        [
            .. network.WeightsByName.Where(one => !IsStatistic(one))
                .SelectMany(one => Enumerable.Repeat(one.EncoderStage, (int)one.Weight.numel())),
        ];
    }

    private static float[] Trained(TorchNetwork network) => Values(network.WeightsByName.Where(one => !IsStatistic(one)));

    private static bool IsStatistic(NetworkWeight one) => one.Name.Contains("/moving_", StringComparison.Ordinal);

    private static float[][] ByStage(TorchNetwork network) =>
    [
        .. network.WeightsByName.Where(one => !IsStatistic(one)).GroupBy(one => one.EncoderStage)
            .OrderBy(stage => stage.Key).Select(Values),
    ];

    private static float[] Values(IEnumerable<NetworkWeight> weights) =>
        [.. weights.SelectMany(one => one.Weight.detach().contiguous().data<float>().ToArray())];

    private static TorchNetwork Create() => new(UNet.Create(new CompactEncoder(), classes: 2));

    private static void Run(TorchNetwork network, SegmentationTrainerOptions options, Action<int>? afterStep = null,
        bool isReadLate = false)
    {
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            using var scope = NewDisposeScope();
            options = options with
            {
                Seed = 1,
                Progress = new SynchronousProgress(report =>
                {
                    if (report.ValidationMetric is null && report.Warning is null) afterStep?.Invoke(report.Step);
                }),
            };
            new TrainingLoop(network, new NoiseTask(), options, TrainingDuration.Of(options)) { IsReadLate = isReadLate }.Run();
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <summary>Two images of noise a batch, with stripes for labels.</summary>
    private sealed class NoiseTask : ITrainingTask
    {
        private const int Side = 64;
        private readonly SegmentationTask _task = new(
            null!, null!, new SegmentationLoss([1, 1], new SegmentationLossOptions()), []);

        public TrainingMetric Metric => TrainingMetric.PixelAccuracy;

        public TrainingMetric ValidationMetric => TrainingMetric.MeanIoU;

        public int Images => 2 * BatchCount;

        public int BatchesPerEpoch => BatchCount;

        public IEnumerable<TrainingBatch> Batches(int epoch, int first, CancellationToken cancellation)
        {
            for (int step = first; step < BatchesPerEpoch; step++)
            {
                var random = new Random(epoch * BatchesPerEpoch + step);
                byte[] labels = [.. Enumerable.Range(0, 2 * Side * Side).Select(i => (byte)(i % Side < Side / 2 ? 1 : 0))];
                byte[] images = [.. Enumerable.Range(0, 3 * labels.Length).Select(_ => (byte)random.Next(256))];
                yield return new TrainingBatch(2, 3, Side, Side, images, labels);
            }
        }

        public (Tensor Loss, Tensor Metric) Evaluate(TorchNetwork network, TrainingBatch batch) => _task.Evaluate(network, batch);

        public double? Validate(TorchNetwork network, BatchParts parts, CancellationToken cancellation) => null;
    }
}
