using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class ImageClassificationTrainerTest
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Fit_BarsOfThreeDirections_TellsThemApartInNewImages()
    {
        var reports = new List<TrainingProgress>();
        var options = new ImageClassificationTrainerOptions
        {
            Epochs = 8,
            LearningRate = 3e-3,
            BatchSize = 16,
            ValidationFraction = 0.25,
            Progress = new SynchronousProgress(reports.Add),
        };

        using ClassifyImageTransformer model = Trainer(options).Fit(Rows(192, seed: 1));
        IDataView scored = model.Transform(Rows(48, seed: 1000));

        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(scored);
        Assert.IsGreaterThan(0.9, metrics.MicroAccuracy);
        Assert.IsLessThan(reports[0].Loss, reports[^1].Loss);
        Assert.IsGreaterThan(0.9, reports[^1].ValidationMetric!.Value);
        Assert.AreEqual("accuracy", reports[^1].MetricName);
        Assert.AreEqual(("classification", "residual-net"), (model.ModelInfo.Metadata.Task, model.ModelInfo.Metadata.Network));
    }

    [TestMethod]
    public void Fit_OfASeedAgain_GivesTheSameModel()
    {
        var options = new ImageClassificationTrainerOptions
        {
            Epochs = 1,
            Augmentation = AugmentationOptions.None with { MinScale = 0.9, MaxScale = 1.1 },
        };
        using ClassifyImageTransformer first = Trainer(options).Fit(Rows(32, seed: 1)),
            second = Trainer(options).Fit(Rows(32, seed: 1));

        Assert.IsTrue(first.Model.Span.SequenceEqual(second.Model.Span));
    }

    [TestMethod]
    public void GetOutputSchema_InAChain_PromisesWhatTransformGives()
    {
        IDataView rows = Rows(32, seed: 1);

        // A chain propagates the promised schema before it fits, and MapKeyToValue refuses what is no key.
        var chain = Trainer(new() { Epochs = 1 })
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel"))
            .Append(_ml.Transforms.NormalizeMinMax("Normalized", "Score"));
        DataViewSchema given = chain.Fit(rows).Transform(rows).Schema;

        Assert.AreEqual(TextDataViewType.Instance, given["Name"].Type);
        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 3), given["Normalized"].Type);
    }

    [TestMethod]
    public void Fit_RowWithoutClass_NamesTheRow()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Make(3, seed: 1).Select((bar, index) =>
        {
            if (index == 1) bar.Label = 3;
            return bar;
        }).ToList());

        var error = Assert.ThrowsExactly<InvalidDataException>(() => Trainer(new()).Fit(rows));

        StringAssert.Contains(error.Message, "Row 1 has no class in the column 'Label'");
    }

    [TestMethod]
    public void Fit_LabelOfPixels_SaysWhichTypeIsExpected()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainer(new()).Fit(TrainingRow.View(_ml, 2)));

        StringAssert.Contains(error.Message, "expected Key<UInt32>");
    }

    [TestMethod]
    public void Fit_NetworkOfAnySize_SaysWhatToDo()
    {
        LayerGraph AnySize(int classes)
        {
            SymbolicTensor image = SymbolicTensor.Input(Shape.Map(1, Shape.Any, Shape.Any));
            return new LayerGraph("any", [image], [new Dense(classes).Apply(new GlobalAveragePooling2D().Apply(image))]);
        }

        var error = Assert.ThrowsExactly<ArgumentException>(
            () => _ml.Segmentation.Trainers.ImageClassification(AnySize, new()).Fit(Rows(2, seed: 1)));

        StringAssert.Contains(error.Message, "describe it with a height and a width");
    }

    [TestMethod]
    public void Plan_ImagesOfThreeClasses_IsOfTheMachine()
    {
        TrainingPlan plan = Trainer(new() { Epochs = 3 }).Plan(Rows(8, seed: 1));

        string Value(string name) => plan.Choices.Single(choice => choice.Name == name).Value;
        Assert.AreEqual(("8", "residual-net", "3 epochs"), (Value("images"), Value("network"), Value("length")));
        Assert.IsTrue(plan.Choices.Single(choice => choice.Name == "step").IsOfMachine);
    }

    private ImageClassificationTrainer Trainer(ImageClassificationTrainerOptions options) =>
        _ml.Segmentation.Trainers.ImageClassification(
            classes => ResidualNetwork.Create(classes, denseUnits: 16, height: 12, width: 12), options);

    private IDataView Rows(int count, int seed) => _ml.Data.LoadFromEnumerable(Make(count, seed).ToList());

    /// <summary>A bright bar on dark noise: horizontal, vertical or slanting.</summary>
    private static IEnumerable<Bar> Make(int count, int seed) => Enumerable.Range(0, count).Select(index =>
    {
        var random = new Random(seed + index);
        int direction = index % 3, place = random.Next(2, 10);
        var pixels = new byte[12 * 12 * 4];
        for (int y = 0; y < 12; y++)
        {
            for (int x = 0; x < 12; x++)
            {
                bool isBar = direction switch { 0 => y == place, 1 => x == place, _ => (x + y) % 12 == place };
                pixels.AsSpan(4 * ((y * 12) + x), 4).Fill((byte)((isBar ? 180 : 20) + random.Next(60)));
            }
        }
        return new Bar { Image = MLImage.CreateFromPixels(12, 12, MLPixelFormat.Bgra32, pixels), Label = (uint)direction };
    });

    private sealed class Bar
    {
        [ImageType(12, 12)]
        public MLImage Image { get; set; } = null!;

        /// <summary>
        /// From 0: LoadFromEnumerable makes the key k + 1 of a single value k, and the missing key of what is beyond the last.
        /// </summary>
        [KeyType(3)]
        public uint Label { get; set; }
    }
}
