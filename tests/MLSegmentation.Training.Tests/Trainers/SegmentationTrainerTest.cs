using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Tests;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class SegmentationTrainerTest
{
    private static readonly SegmentationTrainerOptions _options = new()
    {
        Encoder = new CompactEncoder(),
        Epochs = 12,
        BatchSize = 4,
        ImageWidth = 80,
        ImageHeight = 64,
        WindowWidth = 96,
        WindowHeight = 64,
        LearningRate = 4e-3,
        Optimizer = OptimizerKind.Adam,
        WeightAveraging = 0,
    };

    [TestMethod]
    public void Fit_ImagesInMemory_FindsTheRectangles()
    {
        var context = new MLContext(1);
        using SegmentImageTransformer model = context.Segmentation.Trainers.UNet(_options).Fit(TrainingRow.View(context, 24));

        var metrics = context.Segmentation.Evaluate(model.Transform(TrainingRow.View(context, 32)));

        Assert.IsGreaterThan(0.9, metrics.MeanIoU);
        Assert.AreEqual("unet-compact", model.ModelInfo.Metadata.Network);
    }

    [TestMethod]
    public void Fit_ImagesReadInARange_TellsTheModel()
    {
        var context = new MLContext(1);
        string set = Path.Combine(SharedData.Repository, "data", "surfaces");
        IDataView files = context.Data.LoadFromEnumerable(Enumerable.Range(0, 2).Select(i => new TrainingFile
        {
            ImagePath = Path.Combine(set, "images", $"surface_{i:000}.jpg"),
            MaskPath = Path.Combine(set, "masks", $"surface_{i:000}.png"),
        }).ToArray());
        string[] classes =
            [.. SegmentationDataCheck.Run(
                SegmentationDataCheck.Find(Path.Combine(set, "images"), Path.Combine(set, "masks"))).ClassNames];
        IDataView rows = context.Transforms.ReadImages("Image", null, "ImagePath", new SampleRange(0, 4095))
            .Append(context.Transforms.ReadMasks("Label", null, classes, "MaskPath")).Fit(files).Transform(files);
        var options = _options with { Epochs = 1 };

        using var read = context.Segmentation.Trainers.FullyConvolutionalNetwork(options).Fit(rows);
        using var told = context.Segmentation.Trainers.FullyConvolutionalNetwork(
            options with { SampleRange = new SampleRange(1, 2) }).Fit(rows);

        Assert.AreEqual(new SampleRange(0, 4095), read.ModelInfo.Metadata.SampleRange);
        Assert.AreEqual(new SampleRange(0, 4095), read.Options.SampleRange);
        Assert.AreEqual(new SampleRange(1, 2), told.ModelInfo.Metadata.SampleRange);
    }

    [TestMethod]
    public void Fit_SameSeed_GivesTheSameModel()
    {
        var context = new MLContext(1);
        var options = _options with { Epochs = 1 };
        byte[] Train(SegmentationTrainerOptions options)
        {
            using var model = context.Segmentation.Trainers.FullyConvolutionalNetwork(options).Fit(TrainingRow.View(context, 8));
            return model.Model.ToArray();
        }

        byte[] first = Train(options), second = Train(options), other = Train(options with { Seed = 2 });

        Assert.IsTrue(first.AsSpan().SequenceEqual(second));
        Assert.IsFalse(first.AsSpan().SequenceEqual(other));
    }

    /// <summary>24 images are 3 batches of 8, of which 1500 would take 500 epochs: 200 is the most.</summary>
    [TestMethod]
    public void Fit_NoEpochsGiven_TrainsAsPlanned()
    {
        var context = new MLContext(1);
        using var stop = new CancellationTokenSource();
        TrainingProgress? first = null;
        var options = new SegmentationTrainerOptions
        {
            Encoder = new CompactEncoder(),
            CancellationToken = stop.Token,
            Progress = new SynchronousProgress(report =>
            {
                first = report;
                stop.Cancel();
            }),
        };

        Assert.ThrowsExactly<OperationCanceledException>(
            () => context.Segmentation.Trainers.UNet(options).Fit(TrainingRow.View(context, 24)));

        Assert.AreEqual((1, 200), (first!.Step, first.Epochs));
    }

    [TestMethod]
    public void Fit_InitialModel_StartsWhereThatEnded()
    {
        var context = new MLContext(1);
        IDataView rows = TrainingRow.View(context, 24);
        var reports = new List<TrainingProgress>();
        var options = _options with { Progress = new SynchronousProgress(reports.Add) };
        using var first = context.Segmentation.Trainers.FullyConvolutionalNetwork(options).Fit(rows);
        double began = reports[0].Loss;
        reports.Clear();

        using var second = context.Segmentation.Trainers.FullyConvolutionalNetwork(
            options with { Epochs = 1, InitialModel = first.Model }).Fit(rows);

        Assert.IsLessThan(began / 2, reports[0].Loss);
    }

    [TestMethod]
    public void Fit_InitialModelOfAnotherNetwork_SaysSo()
    {
        var context = new MLContext(1);
        IDataView rows = TrainingRow.View(context, 4);
        using var digits = context.Segmentation.Trainers.ConvolutionalAutoencoder(
            new AutoencoderTrainerOptions { Epochs = 1 }).Fit(rows);

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => context.Segmentation.Trainers.UNet(_options with { InitialModel = digits.Model }).Fit(rows));

        StringAssert.Contains(error.Message, "'cae' has no layer of 'unet-compact'");
    }

    [TestMethod]
    public void Fit_SmallCache_StreamsAndStillTrains()
    {
        var context = new MLContext(1);
        var options = _options with { Epochs = 1, CacheMegabytes = 0, ValidationFraction = 0.25 };
        var reports = new List<TrainingProgress>();
        options = options with { Progress = new SynchronousProgress(reports.Add) };

        using var model = context.Segmentation.Trainers.FullyConvolutionalNetwork(options).Fit(TrainingRow.View(context, 16));

        Assert.AreEqual(3, reports.Count(report => report is { ValidationMetric: null, Note: null }));
        Assert.IsTrue(reports.Single(report => report.ValidationMetric is not null).ValidationMetric is >= 0 and <= 1);
    }

    [TestMethod]
    public void Fit_TimeBudget_EndsWithTheScheduleDone()
    {
        var context = new MLContext(1);
        var reports = new List<TrainingProgress>();
        var options = _options with { TimeBudget = TimeSpan.FromSeconds(8), Progress = new SynchronousProgress(reports.Add) };

        using var model = context.Segmentation.Trainers.FullyConvolutionalNetwork(options).Fit(TrainingRow.View(context, 8));

        Assert.IsNull(reports[0].Epochs);
        Assert.IsGreaterThan(0.9, reports[^1].Fraction);
    }

    [TestMethod]
    public void Fit_TimeBudgetUsedUpByReading_SaysSo()
    {
        var context = new MLContext(1);
        var options = _options with { TimeBudget = TimeSpan.FromTicks(1) };

        var error = Assert.ThrowsExactly<InvalidOperationException>(
            () => context.Segmentation.Trainers.UNet(options).Fit(TrainingRow.View(context, 4)));

        StringAssert.Contains(error.Message, "Give more time");
    }

    [TestMethod]
    public void Fit_LabelOfAnotherSize_NamesBothSizes()
    {
        var context = new MLContext(1);
        var rows = TrainingRow.Make(2).Select(row => new UnevenRow { Image = row.Image, Label = row.Label[..100] });

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => context.Segmentation.Trainers.UNet(_options).Fit(context.Data.LoadFromEnumerable(rows)));

        StringAssert.Contains(error.Message, "80x64");
        StringAssert.Contains(error.Message, "100");
    }

    [TestMethod]
    public void Fit_OneClassOnly_SaysWhich()
    {
        var context = new MLContext(1);
        var rows = TrainingRow.Make(2)
            .Select(row => new TrainingRow { Image = row.Image, Label = [.. row.Label.Select(_ => 1u)] });

        var error = Assert.ThrowsExactly<InvalidOperationException>(
            () => context.Segmentation.Trainers.UNet(_options).Fit(context.Data.LoadFromEnumerable(rows)));

        StringAssert.Contains(error.Message, "'class 0'");
    }

    [TestMethod]
    public void Fit_ColumnsMissing_NamesThem()
    {
        var context = new MLContext(1);
        IDataView view = TrainingRow.View(context, 2);

        var image = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => context.Segmentation.Trainers.UNet(_options with { ImageColumnName = "Photo" }).Fit(view));
        var label = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => context.Segmentation.Trainers.UNet(_options with { LabelColumnName = "Image" }).Fit(view));

        StringAssert.Contains(image.Message, "'Photo'");
        StringAssert.Contains(label.Message, "Vector of Key<UInt32>");
    }

    [TestMethod]
    public void Fit_DivergingAtOnce_SaysSoAndHasNoModel()
    {
        var context = new MLContext(1);
        var options = _options with { LearningRate = 1e30, Epochs = 3 };

        var error = Assert.ThrowsExactly<TrainingDivergedException>(
            () => context.Segmentation.Trainers.FullyConvolutionalNetwork(options).Fit(TrainingRow.View(context, 8)));

        StringAssert.Contains(error.Message, "Lower the learning rate");
        Assert.IsTrue(error.Model.IsEmpty);
    }

    /// <summary>
    /// The first step's weights are good and the second one's are not: the average of the good ones is what is left.
    /// </summary>
    [TestMethod]
    public void Fit_DivergingLater_HasTheLastGoodModel()
    {
        var context = new MLContext(1);
        var options = _options with { LearningRate = 1e30, Epochs = 3, WeightAveraging = 0.5 };

        var error = Assert.ThrowsExactly<TrainingDivergedException>(
            () => context.Segmentation.Trainers.FullyConvolutionalNetwork(options).Fit(TrainingRow.View(context, 8)));

        Assert.AreEqual("fcn8-bn-compact", MLSegmentation.OnnxModelInfo.FromBytes(error.Model.ToArray()).Metadata.Network);
    }

    /// <summary>
    /// A whole VGG16 in Keras's form: its kernels are zero, so that what was loaded can be told from what was drawn.
    /// </summary>
    [TestMethod]
    public void Fit_PretrainedWeights_AreLoadedWithTheirPreprocessingAndStayFrozen()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        File.WriteAllBytes(file, WeightWriter.Zeros(new Vgg16Encoder()));
        try
        {
            var context = new MLContext(1);
            SegmentationNetwork network = SegmentationNetworks.Find("fcn8-vgg16");
            network = network with { HeadWidth = 8, Encoder = network.Encoder with { IsTrainable = false } };
            var options = _options with
            {
                Epochs = 1,
                ImageWidth = 32,
                ImageHeight = 32,
                WindowWidth = 64,
                WindowHeight = 64,
                PretrainedWeights = file,
            };

            using var model = context.Segmentation.Trainers.SegmentationNetwork(network, options)
                .Fit(TrainingRow.View(context, 4));

            using var loaded = new TorchNetwork(network.Create(2));
            OnnxWeights.CopyTo(loaded, model.Model.Span);
            foreach (var (name, weight) in loaded.WeightsByName)
            {
                bool isZero = weight.abs().max().item<float>() == 0;
                if (name.StartsWith("block", StringComparison.Ordinal)) Assert.IsTrue(isZero, name);
                else if (name.EndsWith("kernel", StringComparison.Ordinal)) Assert.IsFalse(isZero, name);
            }
            Assert.IsGreaterThanOrEqualTo(
                0, model.Model.Span.IndexOf(BitConverter.GetBytes(103.939f)), "The mean of ImageNet's blue is not in the graph.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>After two epochs the object is found at other probabilities than 0.5.</summary>
    [TestMethod]
    public void Fit_ValidationSet_ChoosesTheThresholdOfTheModel()
    {
        var context = new MLContext(1);
        IDataView held = TrainingRow.View(context, 8);
        var notes = new List<string>();
        var options = _options with
        {
            Epochs = 2,
            ValidationSet = held,
            Progress = new SynchronousProgress(report => notes.AddRange(report.Note is { } note ? [note] : [])),
        };

        using var chosen = context.Segmentation.Trainers.FullyConvolutionalNetwork(options).Fit(TrainingRow.View(context, 8));

        Assert.HasCount(2, notes);
        ImageModelMetadata metadata = chosen.ModelInfo.Metadata;
        Assert.AreEqual(
            metadata.ForegroundThreshold is not null, notes[0].StartsWith("The threshold is", StringComparison.Ordinal));
        Assert.AreEqual(metadata.MinRegionPixels > 0, notes[1].StartsWith("The smallest region is", StringComparison.Ordinal));
        using var plain = context.Transforms.SegmentImage(
            "PredictedLabel", "Image", chosen.Model.ToArray(), new() { Threshold = 0.5f, MinRegionPixels = 0 }).Fit(held);
        Assert.IsGreaterThanOrEqualTo(
            context.Segmentation.Evaluate(plain.Transform(held)).MeanIoU - 0.01,
            context.Segmentation.Evaluate(chosen.Transform(held)).MeanIoU);
    }

    [TestMethod]
    public void Fit_ValidationSet_IsMeasuredEachEpoch()
    {
        var context = new MLContext(1);
        var reports = new List<TrainingProgress>();
        var options = _options with
        {
            Epochs = 2,
            ValidationSet = TrainingRow.View(context, 5),
            Scoring = new() { Threshold = 0, MinRegionPixels = 0 },
            Progress = new SynchronousProgress(reports.Add),
        };

        using var model = context.Segmentation.Trainers.FullyConvolutionalNetwork(options).Fit(TrainingRow.View(context, 8));

        Assert.AreEqual(2, reports.Count(report => report.ValidationMetric is >= 0 and <= 1));
        double best = reports.Max(report => report.ValidationMetric ?? 0);
        Assert.AreEqual(best, context.Segmentation.Evaluate(model.Transform(TrainingRow.View(context, 5))).MeanIoU, 0.02);
    }

    [TestMethod]
    [DynamicData(nameof(WrongOptions))]
    public void Fit_OptionsThatDoNotFitTheClasses_AreFoundBeforeTraining(SegmentationTrainerOptions options)
    {
        var context = new MLContext(1);
        int reports = 0;
        options = options with { Progress = new SynchronousProgress(_ => reports++) };
        Exception? error = null;
        try
        {
            context.Segmentation.Trainers.UNet(options).Fit(TrainingRow.View(context, 2));
        }
        catch (Exception thrown) when (thrown is ArgumentException or InvalidOperationException or InvalidDataException)
        {
            error = thrown;
        }

        Assert.IsNotNull(error);
        Assert.AreEqual(0, reports);
    }

    public static IEnumerable<object[]> WrongOptions()
    {
        yield return [_options with { Scoring = new SegmentImageOptions { ConfidenceColumnName = "PredictedLabel" } }];
        yield return [_options with { Scoring = new SegmentImageOptions { Threshold = 50 } }];
        yield return [_options with { Scoring = new SegmentImageOptions { ClassNames = ["one", "two", "three"] } }];
        yield return [_options with { Loss = new SegmentationLossOptions { ClassWeights = [1, 2, 3] } }];
        yield return [_options with { Palette = [new MLSegmentation.Rgb(1, 2, 3)] }];
    }

    [TestMethod]
    [DataRow(100, 64)]
    [DataRow(0, 64)]
    [DataRow(32, 64)]
    public void Constructor_SizeThatDoesNotFitTheStride_SaysWhatToGive(int width, int height)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => new MLContext().Segmentation.Trainers.UNet(_options with { WindowWidth = width, WindowHeight = height }));

        StringAssert.Contains(error.Message, $"{width}x{height}");
        StringAssert.Contains(error.Message, "multiples of 32");
    }

    [TestMethod]
    public void GetOutputSchema_InAChain_PromisesWhatTransformGives()
    {
        var context = new MLContext(1);
        IDataView view = TrainingRow.View(context, 4);
        var options = _options with { Epochs = 1, Scoring = new SegmentImageOptions { ConfidenceColumnName = "Confidence" } };

        // A chain propagates the promised schema before it fits, and MapKeyToValue refuses what is no key.
        var chain = context.Segmentation.Trainers.FullyConvolutionalNetwork(options)
            .Append(context.Transforms.Conversion.MapKeyToValue("Names", "PredictedLabel"))
            .Append(context.Transforms.CopyColumns("Copy", "Confidence"));
        DataViewSchema given = chain.Fit(view).Transform(view).Schema;

        Assert.IsInstanceOfType<VectorDataViewType>(given["Names"].Type);
        Assert.AreEqual(NumberDataViewType.Single, ((VectorDataViewType)given["Copy"].Type).ItemType);
    }

    private sealed class UnevenRow
    {
        [Microsoft.ML.Transforms.Image.ImageType(TrainingRow.Height, TrainingRow.Width)]
        public MLImage Image { get; set; } = null!;

        [KeyType(2)]
        public uint[] Label { get; set; } = [];
    }

    private sealed class TrainingFile
    {
        public string ImagePath { get; set; } = "";

        public string MaskPath { get; set; } = "";
    }
}
