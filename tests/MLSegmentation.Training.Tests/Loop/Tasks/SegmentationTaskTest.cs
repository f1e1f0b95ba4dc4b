using System.Runtime.InteropServices;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class SegmentationTaskTest
{
    private static readonly (int Width, int Height)[] _sizes = [(40, 30), (30, 40), (64, 50)];

    [TestMethod]
    public void Evaluate_IgnoredPixelsAndClassWeights_IsTheWeightedMean()
    {
        // One pixel after another: scores (s, 0) with s = image / 32 - 2, so the probability of class 0 is
        // 1 / (1 + exp(-s)).
        byte[] image = [96, 32, 128, 64];
        byte[] labels = [0, 1, 1, TrainingSample.Ignored];
        double[] losses = [Math.Log(1 + Math.Exp(-1)), Math.Log(1 + Math.Exp(-1)), Math.Log(1 + Math.Exp(2))];
        double expected = (losses[0] * 1 + losses[1] * 3 + losses[2] * 3) / (1 + 3 + 3);

        var (loss, accuracy) = Evaluate(image, labels, [1, 3]);

        Assert.AreEqual(expected, loss, 1e-6);
        Assert.AreEqual(2.0 / 3, accuracy, 1e-6);
    }

    [TestMethod]
    public void Evaluate_EveryPixelIgnored_IsZeroAndNoNumberIsLost()
    {
        var (loss, accuracy) = Evaluate([1, 2, 3, 4], [255, 255, 255, 255], [1, 1]);

        Assert.AreEqual(0, loss);
        Assert.AreEqual(0, accuracy);
    }

    [TestMethod]
    public void Evaluate_Dice_IsOneLessTheOverlap()
    {
        // Probabilities of class 0: a, 1 - a, b; the last pixel is ignored. Class 0 is true at the first, class 1 at the others.
        double a = 1 / (1 + Math.Exp(-1)), b = 1 / (1 + Math.Exp(-2));
        double first = (2 * a + 1) / (a + (1 - a) + b + 1 + 1), second = (2 * (a + 1 - b) + 1) / ((1 - a) + a + (1 - b) + 2 + 1);
        byte[] image = [96, 32, 128, 64];
        byte[] labels = [0, 1, 1, TrainingSample.Ignored];

        double crossEntropy = Evaluate(image, labels, [1, 1]).Loss,
            both = Evaluate(image, labels, [1, 1], new SegmentationLossOptions { Dice = 2 }).Loss;

        Assert.AreEqual(2 * (1 - (first + second) / 2), both - crossEntropy, 1e-6);
    }

    [TestMethod]
    public void Evaluate_Focal_LowersWhatIsKnownWell()
    {
        // Probabilities of the labelled class at the three pixels that count.
        double[] known = [1 / (1 + Math.Exp(-1)), 1 / (1 + Math.Exp(-1)), 1 / (1 + Math.Exp(2))];
        double[] weights = [1, 3, 3];
        double expected = known.Zip(weights, (p, weight) => -weight * Math.Pow(1 - p, 3) * Math.Log(p)).Sum() / weights.Sum();
        var options = new SegmentationLossOptions { CrossEntropy = 0, Dice = 0, Focal = 1, FocalGamma = 3 };

        var (loss, _) = Evaluate([96, 32, 128, 64], [0, 1, 1, TrainingSample.Ignored], [1, 3], options);

        Assert.AreEqual(expected, loss, 1e-6);
    }

    /// <summary>The derivative of (1 - p) to a power below 1 is infinite where p is 1: where a pixel is known for sure.</summary>
    [TestMethod]
    public void Compute_FocalOfASmallPower_HasFiniteGradients()
    {
        using var scope = NewDisposeScope();
        var loss = new SegmentationLoss(
            [1, 1], new SegmentationLossOptions { CrossEntropy = 0, Dice = 0, Focal = 1, FocalGamma = 0.5 });
        Tensor logits = tensor(new[] { 40f, 0, -40, 0, 40, 0 }, [1, 2, 1, 3], requires_grad: true);

        loss.Compute(logits, tensor(new long[] { 0, TrainingSample.Ignored, 0 }, [1, 1, 3])).backward();

        Assert.IsTrue(logits.grad!.isfinite().all().item<bool>());
    }

    [TestMethod]
    public void Evaluate_LabelSmoothing_SpreadsAPartOverAllClasses()
    {
        // As PyTorch's cross_entropy: (1 - e) of the label's weighted loss, e / 2 of the weighted losses of both classes.
        double right = -Math.Log(1 / (1 + Math.Exp(-1))), wrong = -Math.Log(1 / (1 + Math.Exp(1)));
        double expected = (0.8 * (1 * right + 3 * right) + 0.1 * (1 * right + 3 * wrong + 1 * wrong + 3 * right)) / (1 + 3);
        var options = new SegmentationLossOptions { Dice = 0, LabelSmoothing = 0.2 };

        var (loss, _) = Evaluate([96, 32, 255], [0, 1, TrainingSample.Ignored], [1, 3], options);

        Assert.AreEqual(expected, loss, 1e-6);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(100)]
    public void Validate_ImagesOfSeveralSizes_CountsAsOneByOne(int batchSize)
    {
        using var scope = NewDisposeScope();
        SymbolicTensor input = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        using var network = new TorchNetwork(new LayerGraph("score", [input], [new Conv2D(3, 3).Apply(input)]));
        SampleSource source = Sizes();
        var expected = new PixelConfusionMatrix(3);
        foreach (TrainingSample sample in source.Validation(default))
        {
            Tensor best = network.call(TrainingBatch.Of([sample]).ImageTensor(CPU))[0].argmax(1);
            expected.Add(
                [.. sample.Labels.Select(label => label == TrainingSample.Ignored ? 0u : label + 1u)],
                [.. best.contiguous().data<long>().Select(value => (uint)value + 1)]);
        }

        double? measured = Task(source, batchSize).Validate(network, new BatchParts(Assert.Fail), default);

        Assert.AreEqual(new SegmentationMetrics(expected, ["a", "b", "c"]).MeanIoU, measured);
        Assert.IsTrue(measured is > 0.05 and < 0.95);
    }

    [TestMethod]
    public void Validate_SizesThatAreNoMultiples_AreThoseOfOneByOne()
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(UNet.Create(new CompactEncoder(), classes: 3));
        SampleSource source = Sizes();

        double? one = Task(source, batchSize: 1).Validate(network, new BatchParts(Assert.Fail), default),
            four = Task(source, batchSize: 4).Validate(network, new BatchParts(Assert.Fail), default);

        Assert.AreEqual(one!.Value, four!.Value, 1e-6);
    }

    /// <summary>
    /// Of images that do not fit, parts are counted once each, and the number that fits is not asked for again.
    /// </summary>
    [TestMethod]
    public void ForEach_BatchThatTheMemoryDoesNotHold_PassesEveryImageOnce()
    {
        var (warnings, sizes, seen) = (new List<string>(), new List<int>(), new List<byte>());
        TrainingBatch Batch(byte first) => new(5, 1, 1, 1, [.. Enumerable.Range(first, 5).Select(i => (byte)i)], []);

        new BatchParts(warnings.Add).ForEach([Batch(0), Batch(5)], part =>
        {
            sizes.Add(part.Count);
            if (part.Count > 2) throw new ExternalException("CUDA out of memory. Tried to allocate 20.00 MiB.");
            seen.AddRange(part.Images.ToArray());
        });

        CollectionAssert.AreEqual(Enumerable.Range(0, 10).Select(i => (byte)i).ToArray(), seen);
        CollectionAssert.AreEqual(new[] { 5, 3, 2, 1, 2, 2, 2, 1 }, sizes);
        Assert.HasCount(2, warnings);
    }

    [TestMethod]
    public void ForEach_SomethingToLetGo_IsLetGoFirst()
    {
        var warnings = new List<string>();
        bool isFull = true;

        new BatchParts(warnings.Add, () => isFull && !(isFull = false)).ForEach(
            [new TrainingBatch(4, 1, 1, 1, [1, 2, 3, 4], [])], part =>
            {
                Assert.AreEqual(4, part.Count);
                if (isFull) throw new ExternalException("CUDA out of memory. Tried to allocate 20.00 MiB.");
            });

        StringAssert.Contains(warnings.Single(), "Features of the encoder");
    }

    /// <summary>Images of three sizes by turns, of random pixels and labels, some of them ignored.</summary>
    private static SampleSource Sizes() => new(
        NumberedRows.Of(Enumerable.Range(0, 24)), null, new NumberedRows(Sample), 0.5, memory: 1 << 30, seed: 1, default);

    private static SegmentationTask Task(SampleSource source, int batchSize) => new(
        new BatchLoader(source, AugmentationOptions.None, batchSize, 3, 64, 64, hasLabels: true, seed: 1, CPU), source,
        new SegmentationLoss([1, 1, 1], new SegmentationLossOptions(), CPU), []);

    private static (double Loss, double Accuracy) Evaluate(
        byte[] image, byte[] labels, float[] classWeights, SegmentationLossOptions? options = null)
    {
        using var scope = NewDisposeScope();
        SymbolicTensor input = SymbolicTensor.Input(Shape.Map(1, Shape.Any, Shape.Any));
        var score = new Conv2D(2, 1);
        using var network = new TorchNetwork(new LayerGraph("score", [input], [score.Apply(input)]));
        using (no_grad())
        {
            network.WeightsOf(score)[0].copy_(tensor(new[] { 1f / 32, 0 }, [2, 1, 1, 1]));
            network.WeightsOf(score)[1].copy_(tensor(new[] { -2f, 0 }));
        }

        var (loss, metric) = new SegmentationTask(
            null!, null!, new SegmentationLoss(classWeights, options ?? new SegmentationLossOptions { Dice = 0 }), [])
                .Evaluate(network, new TrainingBatch(1, 1, 1, image.Length, image, labels));
        return (loss.item<float>(), metric.item<float>());
    }

    private static TrainingSample Sample(int number)
    {
        var random = new Random(number);
        var (width, height) = _sizes[number % _sizes.Length];
        var pixels = new byte[3 * width * height];
        random.NextBytes(pixels);
        byte[] labels =
        [
            .. Enumerable.Range(0, width * height).Select(_ => random.Next(4))
                .Select(label => label == 3 ? TrainingSample.Ignored : (byte)label),
        ];
        return new TrainingSample(width, height, pixels, labels);
    }
}
