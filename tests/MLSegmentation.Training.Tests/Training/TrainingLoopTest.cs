using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Torch;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TrainingLoopTest
{
    [TestMethod]
    public void Run_HundredSteps_KeepsTheNumberOfLiveTensors()
    {
        using var network = new TorchNetwork(Tiny());
        using var adam = optim.Adam(network.parameters(), 1e-3);
        var counts = new List<long>();
        var progress = new SynchronousProgress(_ => counts.Add(Tensor.TotalCount));

        NewLoop(network, new RectangleTask(steps: 25), adam, epochs: 5).Run(progress, default);

        Assert.HasCount(125, counts);
        long settled = counts[24];
        Assert.IsTrue(counts.Skip(25).All(count => count == settled), $"From {settled} to {counts.Max()} live tensors over 100 steps.");
    }

    [TestMethod]
    public void Run_Always_LowersTheLoss()
    {
        using var network = new TorchNetwork(Tiny());
        using var adam = optim.Adam(network.parameters(), 1e-2);
        var losses = new List<double>();

        NewLoop(network, new RectangleTask(steps: 10), adam, epochs: 6).Run(new SynchronousProgress(report => losses.Add(report.Loss)), default);

        Assert.IsLessThan(losses[0] / 2, losses[^1]);
    }

    [TestMethod]
    public void Run_Progress_CountsEpochsStepsAndTime()
    {
        using var network = new TorchNetwork(Tiny());
        using var adam = optim.Adam(network.parameters(), 1e-3);
        var reports = new List<TrainingProgress>();

        NewLoop(network, new RectangleTask(steps: 3) { Validation = 0.5 }, adam, epochs: 2).Run(new SynchronousProgress(reports.Add), default);

        CollectionAssert.AreEqual(new[] { 1, 2, 3, 3, 4, 5, 6, 6 }, reports.Select(report => report.Step).ToArray());
        CollectionAssert.AreEqual(new[] { 1, 1, 1, 1, 2, 2, 2, 2 }, reports.Select(report => report.Epoch).ToArray());
        CollectionAssert.AreEqual(new double?[] { null, null, null, 0.5, null, null, null, 0.5 }, reports.Select(report => report.ValidationMetric).ToArray());
        Assert.AreEqual(1, reports[^1].Fraction);
        Assert.AreEqual(TimeSpan.Zero, reports[^1].TimeLeft);
        Assert.IsTrue(reports.All(report => report.ImagesPerSecond > 0 && report.Epochs == 2));
    }

    [TestMethod]
    public void Run_LossIsNoNumber_StopsAndKeepsTheLastGoodWeights()
    {
        using var network = new TorchNetwork(Tiny());
        using var adam = optim.Adam(network.parameters(), 1e-3);
        var task = new RectangleTask(steps: 4) { BadStep = 7 };
        float[] afterFirstEpoch = [];
        var progress = new SynchronousProgress(report =>
        {
            if (report.Step == 4) afterFirstEpoch = Weights(network);
        });

        var error = Assert.ThrowsExactly<TrainingDivergedException>(() => NewLoop(network, task, adam, epochs: 3).Run(progress, default));

        StringAssert.Contains(error.Message, "step 7");
        StringAssert.Contains(error.Message, "start of epoch 2 are kept");
        CollectionAssert.AreEqual(afterFirstEpoch, Weights(network));
    }

    [TestMethod]
    public void Run_Cancelled_Stops()
    {
        using var network = new TorchNetwork(Tiny());
        using var adam = optim.Adam(network.parameters(), 1e-3);
        using var source = new CancellationTokenSource();
        int steps = 0;
        var progress = new SynchronousProgress(_ =>
        {
            if (++steps == 2) source.Cancel();
        });

        Assert.ThrowsExactly<OperationCanceledException>(() => NewLoop(network, new RectangleTask(steps: 5), adam, epochs: 3).Run(progress, source.Token));
        Assert.AreEqual(2, steps);
    }

    [TestMethod]
    public void At_CosineWithWarmUp_RisesThenFallsToZero()
    {
        var schedule = new LearningRateSchedule.Cosine(Peak: 2, WarmUp: 0.2);

        Assert.AreEqual(0.2, schedule.At(0), 1e-12);
        Assert.AreEqual(1.1, schedule.At(0.1), 1e-12);
        Assert.AreEqual(2, schedule.At(0.2), 1e-12);
        Assert.AreEqual(1, schedule.At(0.6), 1e-12);
        Assert.AreEqual(0, schedule.At(1), 1e-12);
    }

    private static TrainingLoop NewLoop(TorchNetwork network, ITrainingTask task, optim.Optimizer optimizer, int epochs) =>
        new(network, task, optimizer, new LearningRateSchedule.Constant(1e-2), TrainingDuration.OfEpochs(epochs));

    private static float[] Weights(TorchNetwork network) => [.. network.parameters().SelectMany(weight => weight.data<float>().ToArray())];

    private static LayerGraph Tiny()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        SymbolicTensor x = new Normalization([128], [64]).Apply(image);
        x = new Relu().Apply(new BatchNormalization().Apply(new Conv2D(8, 3).Apply(x)));
        return new LayerGraph("tiny", [image], [new Conv2D(2, 1).Apply(x)]);
    }

    /// <summary>Bright rectangles on a dark ground.</summary>
    private sealed class RectangleTask(int steps) : ITrainingTask
    {
        private readonly SegmentationTask _task = new(null!, null!, new SegmentationLoss([1, 1], diceWeight: 1));
        private int _step;

        public int BadStep { get; init; } = -1;

        public double? Validation { get; init; }

        public string MetricName => "pixel accuracy";

        public int StepsPerEpoch => steps;

        public IEnumerable<TrainingBatch> Batches(int epoch, CancellationToken cancellation)
        {
            for (int step = 0; step < steps; step++)
            {
                var random = new Random(epoch * steps + step);
                byte[] labels = [.. Enumerable.Range(0, 2 * 16 * 16).Select(i => (byte)(i % 16 < 8 ? 1 : 0))];
                float[] images = [.. Enumerable.Range(0, 2 * 3 * 16 * 16).Select(i => (i / 3 % 16 < 8 ? 160f : 60f) + random.Next(40))];
                yield return new TrainingBatch(2, 3, 16, 16, images, labels);
            }
        }

        public (Tensor Loss, Tensor Metric) Evaluate(TorchNetwork network, TrainingBatch batch)
        {
            var (loss, metric) = _task.Evaluate(network, batch);
            return (++_step == BadStep ? loss * float.NaN : loss, metric);
        }

        public double? Validate(TorchNetwork network, CancellationToken cancellation) => Validation;
    }
}
