using Microsoft.ML;
using MLSegmentation.Tests;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class FeatureCacheTest
{
    private static readonly SegmentationTrainerOptions _options = new()
    {
        Epochs = 3,
        BatchSize = 4,
        ImageWidth = 96,
        ImageHeight = 64,
        WindowWidth = 96,
        WindowHeight = 64,
        Encoder = new CompactEncoder { IsTrainable = false },
        Augmentation = AugmentationOptions.None with { HorizontalFlip = true },
    };

    [TestMethod]
    [DataRow(2048)]
    [DataRow(0)]
    public void Fit_FrozenEncoder_HasTheLossesOfTheWholeNetwork(int cacheMegabytes)
    {
        string home = Directory.CreateTempSubdirectory("features-test-").FullName;
        using var environment = new ChangedEnvironment(("MLSEG_HOME", home));
        try
        {
            double[] cached = Losses(_options with { CacheMegabytes = cacheMegabytes }, isCached: true);
            // A brightness change too small to see keeps the cache away.
            double[] whole = Losses(
                _options with { Augmentation = _options.Augmentation with { Brightness = 1e-12 } }, isCached: false);

            Assert.HasCount(9, cached);
            for (int i = 0; i < whole.Length; i++) Assert.AreEqual(whole[i], cached[i], 1e-4);
            Assert.IsEmpty(Directory.GetFiles(home), "The file with features is deleted after the training.");
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Forward_SeenBefore_ComputesNothingOfTheEncoder(bool keepsTensors)
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(FullyConvolutionalNetwork.Create(new CompactEncoder { IsTrainable = false }, 2));
        using var cache = new FeatureCache(network, 1, Shape.Map(3, 64, 64), hasFlips: true, 1 << 30, keepsTensors);
        byte[] image = [.. Enumerable.Range(0, 3 * 64 * 64).Select(i => (byte)i)], black = new byte[image.Length];
        static TrainingBatch Batch(byte[] image, bool isFlipped) => new(1, 3, 64, 64, image, []) { Views = [(0, isFlipped)] };

        Tensor first = cache.Forward(Batch(image, isFlipped: false))[0];
        Tensor again = cache.Forward(Batch(black, isFlipped: false))[0];
        Tensor mirrored = cache.Forward(Batch(black, isFlipped: true))[0];

        Assert.IsTrue(first.Equals(again));
        Assert.IsFalse(first.Equals(mirrored));
    }

    [TestMethod]
    public void Forward_KeptTensors_AreThoseOfTheStoreAndGoWithTheCache()
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(FullyConvolutionalNetwork.Create(new CompactEncoder { IsTrainable = false }, 2));
        byte[] images = [.. Enumerable.Range(0, 2 * 3 * 64 * 64).Select(i => (byte)(i * 7))];
        var batch = new TrainingBatch(2, 3, 64, 64, images, []) { Views = [(1, false), (0, true)] };
        FeatureCache New(bool keepsTensors) => new(network, 2, Shape.Map(3, 64, 64), hasFlips: true, 1 << 30, keepsTensors);
        using FeatureCache stored = New(keepsTensors: false);
        Tensor expected = stored.Forward(batch)[0];
        long before = Tensor.TotalCount;

        using (FeatureCache kept = New(keepsTensors: true))
        {
            using var step = NewDisposeScope();
            kept.Forward(batch);
            Assert.IsLessThan(1e-5, (kept.Forward(batch)[0] - expected).abs().max().item<float>());
        }

        Assert.AreEqual(before, Tensor.TotalCount);
    }

    /// <summary>What was let go is read: a black image with the row of another has the features of that one.</summary>
    [TestMethod]
    public void LetGo_KeptTensors_AreReadFromTheStore()
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(FullyConvolutionalNetwork.Create(new CompactEncoder { IsTrainable = false }, 2));
        using var cache = new FeatureCache(network, 1, Shape.Map(3, 64, 64), hasFlips: false, 1 << 30, keepsTensors: true);
        byte[] image = [.. Enumerable.Range(0, 3 * 64 * 64).Select(i => (byte)(i * 7))];
        static TrainingBatch Batch(byte[] image) => new(1, 3, 64, 64, image, []) { Views = [(0, false)] };
        Tensor before = cache.Forward(Batch(image))[0];

        Assert.IsTrue(cache.LetGo());
        Assert.IsFalse(cache.LetGo());

        Assert.IsLessThan(1e-5, (cache.Forward(Batch(new byte[image.Length]))[0] - before).abs().max().item<float>());
    }

    /// <summary>Two frozen stages leave the maps at strides 2 and 4, from which the rest is computed.</summary>
    [TestMethod]
    public void Forward_TwoFrozenStages_AnswersAsTheWholeNetwork()
    {
        using var scope = NewDisposeScope();
        using var network = new TorchNetwork(UNet.Create(new CompactEncoder { FrozenStages = 2 }, 2));
        network.eval();
        using var noGradients = no_grad();
        using var cache = new FeatureCache(network, 1, Shape.Map(3, 64, 64), hasFlips: false, 1 << 30);
        byte[] image = [.. Enumerable.Range(0, 3 * 64 * 64).Select(i => (byte)(i * 7))];
        var batch = new TrainingBatch(1, 3, 64, 64, image, []) { Views = [(0, false)] };

        Tensor whole = network.call(batch.ImageTensor(network.Device))[0], cached = cache.Forward(batch)[0];

        CollectionAssert.AreEqual(
            new long[] { 24, 48 }, network.FrozenPart!.Boundary.Select(value => value.Shape.Channels).Order().ToArray());
        Assert.IsLessThan(1e-4f, (whole - cached).abs().max().item<float>());
    }

    [TestMethod]
    public void FrozenPart_OfAnFcn8_EndsAtTheThreePools()
    {
        LayerGraph graph = KerasFcn.Create(new Vgg16Encoder { IsTrainable = false }, classes: 2, headWidth: 8);

        FrozenPart part = FrozenPart.Of(graph)!;

        CollectionAssert.AreEquivalent(
            new[] { "block3_pool", "block4_pool", "block5_pool" }, part.Boundary.Select(graph.NameOf).ToArray());
        Assert.IsNull(FrozenPart.Of(KerasFcn.Create(new Vgg16Encoder(), classes: 2, headWidth: 8)));
    }

    private static double[] Losses(SegmentationTrainerOptions options, bool isCached)
    {
        var losses = new List<double>();
        var context = new MLContext(1);
        options = options with
        {
            Progress = new SynchronousProgress(report =>
            {
                losses.Add(report.Loss);
                Assert.AreEqual(isCached, report.HasCachedFeatures);
            }),
        };
        using var model = context.Segmentation.Trainers.FullyConvolutionalNetwork(options).Fit(TrainingRow.View(context, 12));
        return [.. losses];
    }
}
