using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Transforms;

namespace MLSegmentation.Training.Tests.Trainers;

[TestClass]
public sealed class SegmentationTrainerTest
{
    private static readonly SegmentationTrainerOptions _options = new() { Epochs = 12, BatchSize = 4, ImageWidth = 80, ImageHeight = 64, WindowWidth = 96, WindowHeight = 64, LearningRate = 4e-3 };

    [TestMethod]
    public void Fit_ImagesInMemory_FindsTheRectangles()
    {
        var context = new MLContext(1);
        using SegmentImageTransformer model = context.Segmentation().Trainers().UNet(_options).Fit(TrainingRow.View(context, 24));

        var metrics = context.Segmentation().Evaluate(model.Transform(TrainingRow.View(context, 32)));

        Assert.IsGreaterThan(0.9, metrics.MeanIoU);
        Assert.AreEqual("unet-compact", model.ModelInfo.Metadata.Network);
    }

    [TestMethod]
    public void Fit_SameSeed_GivesTheSameModel()
    {
        var context = new MLContext(1);
        var options = _options with { Epochs = 1 };
        byte[] Train(SegmentationTrainerOptions options)
        {
            using var model = context.Segmentation().Trainers().FullyConvolutionalNetwork(options).Fit(TrainingRow.View(context, 8));
            return model.Model.ToArray();
        }

        byte[] first = Train(options), second = Train(options), other = Train(options with { Seed = 2 });

        Assert.IsTrue(first.AsSpan().SequenceEqual(second));
        Assert.IsFalse(first.AsSpan().SequenceEqual(other));
    }

    [TestMethod]
    public void Fit_InitialModel_StartsWhereThatEnded()
    {
        var context = new MLContext(1);
        IDataView rows = TrainingRow.View(context, 24);
        var reports = new List<TrainingProgress>();
        var options = _options with { Progress = new SynchronousProgress(reports.Add) };
        using var first = context.Segmentation().Trainers().FullyConvolutionalNetwork(options).Fit(rows);
        double began = reports[0].Loss;
        reports.Clear();

        using var second = context.Segmentation().Trainers().FullyConvolutionalNetwork(options with { Epochs = 1, InitialModel = first.Model }).Fit(rows);

        Assert.IsLessThan(began / 2, reports[0].Loss);
    }

    [TestMethod]
    public void Fit_InitialModelOfAnotherNetwork_SaysSo()
    {
        var context = new MLContext(1);
        IDataView rows = TrainingRow.View(context, 4);
        using var digits = context.Segmentation().Trainers().ConvolutionalAutoencoder(new AutoencoderTrainerOptions { Epochs = 1 }).Fit(rows);

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => context.Segmentation().Trainers().UNet(_options with { InitialModel = digits.Model }).Fit(rows));

        StringAssert.Contains(error.Message, "'cae' has no layer of 'unet-compact'");
    }

    [TestMethod]
    public void Fit_SmallCache_StreamsAndStillTrains()
    {
        var context = new MLContext(1);
        var options = _options with { Epochs = 1, CacheMegabytes = 0, ValidationFraction = 0.25 };
        var reports = new List<TrainingProgress>();
        options = options with { Progress = new SynchronousProgress(reports.Add) };

        using var model = context.Segmentation().Trainers().FullyConvolutionalNetwork(options).Fit(TrainingRow.View(context, 16));

        Assert.AreEqual(3, reports.Count(report => report.ValidationMetric is null));
        Assert.IsTrue(reports.Single(report => report.ValidationMetric is not null).ValidationMetric is >= 0 and <= 1);
    }

    [TestMethod]
    public void Fit_TimeBudget_EndsWithTheScheduleDone()
    {
        var context = new MLContext(1);
        var reports = new List<TrainingProgress>();
        var options = _options with { TimeBudget = TimeSpan.FromSeconds(3), Progress = new SynchronousProgress(reports.Add) };

        using var model = context.Segmentation().Trainers().FullyConvolutionalNetwork(options).Fit(TrainingRow.View(context, 8));

        Assert.IsNull(reports[0].Epochs);
        Assert.IsGreaterThan(0.9, reports[^1].Fraction);
    }

    [TestMethod]
    public void Fit_TimeBudgetUsedUpByReading_SaysSo()
    {
        var context = new MLContext(1);
        var options = _options with { TimeBudget = TimeSpan.FromTicks(1) };

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => context.Segmentation().Trainers().UNet(options).Fit(TrainingRow.View(context, 4)));

        StringAssert.Contains(error.Message, "Give more time");
    }

    [TestMethod]
    public void Fit_LabelOfAnotherSize_NamesBothSizes()
    {
        var context = new MLContext(1);
        var rows = TrainingRow.Make(2).Select(row => new UnevenRow { Image = row.Image, Label = row.Label[..100] });

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => context.Segmentation().Trainers().UNet(_options).Fit(context.Data.LoadFromEnumerable(rows)));

        StringAssert.Contains(error.Message, "80x64");
        StringAssert.Contains(error.Message, "100");
    }

    [TestMethod]
    public void Fit_OneClassOnly_SaysWhich()
    {
        var context = new MLContext(1);
        var rows = TrainingRow.Make(2).Select(row => new TrainingRow { Image = row.Image, Label = [.. row.Label.Select(_ => 1u)] });

        var error = Assert.ThrowsExactly<InvalidOperationException>(
            () => context.Segmentation().Trainers().UNet(_options).Fit(context.Data.LoadFromEnumerable(rows)));

        StringAssert.Contains(error.Message, "'class 0'");
    }

    [TestMethod]
    public void Fit_ColumnsMissing_NamesThem()
    {
        var context = new MLContext(1);
        IDataView view = TrainingRow.View(context, 2);

        var image = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => context.Segmentation().Trainers().UNet(_options with { ImageColumnName = "Photo" }).Fit(view));
        var label = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => context.Segmentation().Trainers().UNet(_options with { LabelColumnName = "Image" }).Fit(view));

        StringAssert.Contains(image.Message, "'Photo'");
        StringAssert.Contains(label.Message, "Vector of Key<UInt32>");
    }

    [TestMethod]
    public void Fit_DivergingAtOnce_SaysSoAndHasNoModel()
    {
        var context = new MLContext(1);
        var options = _options with { LearningRate = 1e30, Epochs = 3 };

        var error = Assert.ThrowsExactly<TrainingDivergedException>(
            () => context.Segmentation().Trainers().FullyConvolutionalNetwork(options).Fit(TrainingRow.View(context, 8)));

        StringAssert.Contains(error.Message, "Lower the learning rate");
        Assert.IsTrue(error.Model.IsEmpty);
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
            context.Segmentation().Trainers().UNet(options).Fit(TrainingRow.View(context, 2));
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
        yield return [_options with { Palette = [new MLSegmentation.Masks.Rgb(1, 2, 3)] }];
    }

    [TestMethod]
    [DataRow(100, 64)]
    [DataRow(0, 64)]
    [DataRow(32, 64)]
    public void Constructor_SizeThatDoesNotFitTheStride_SaysWhatToGive(int width, int height)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => new MLContext().Segmentation().Trainers().UNet(_options with { WindowWidth = width, WindowHeight = height }));

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
        var chain = context.Segmentation().Trainers().FullyConvolutionalNetwork(options)
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
}
