using Microsoft.ML;
using MLSegmentation.Training.Networks;
using TorchSharp;

namespace MLSegmentation.Training.Tests;

/// <summary>A tensor in a dispose scope is held; one outside of any may be collected while libtorch reads it.</summary>
[TestClass]
public sealed class HeldTensorsTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("held-tensors-test-").FullName;

    /// <summary>Tensors that this thread has made outside of dispose scopes.</summary>
    private static long MadeOutside => DisposeScopeManager.Statistics.TensorStatistics.CreatedOutsideScopeCount;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow("segmentation")]
    [DataRow("frozen encoder")]
    [DataRow("autoencoder")]
    public void Fit_WithEveryOption_MakesNoTensorOutsideOfAScope(string kind)
    {
        long before = MadeOutside;

        Fit(kind);

        Assert.AreEqual(0, MadeOutside - before);
    }

    [TestMethod]
    public void Export_OutsideOfAnyScope_MakesNoTensorThere()
    {
        using var network = new TorchNetwork(ConvolutionalAutoencoder.Create());
        long before = MadeOutside;

        AutoencoderExporter.Export(network);

        Assert.AreEqual(0, MadeOutside - before);
    }

    /// <summary>Without a scope around the weights' plain values, one export in twenty ended the process.</summary>
    [TestMethod]
    [DataRow("segmentation")]
    [DataRow("autoencoder")]
    public void Fit_WhileAnotherThreadCollects_GivesTheModelThatItGivesAlone(string kind)
    {
        byte[] alone = Fit(kind);
        using var collecting = new CollectingThread();

        CollectionAssert.AreEqual(alone, Fit(kind));
    }

    private byte[] Fit(string kind)
    {
        var context = new MLContext(1);
        TrainerCatalog trainers = context.Segmentation.Trainers;
        IDataView rows = TrainingRow.View(context, 8);
        if (kind == "autoencoder")
        {
            using var autoencoder = trainers.ConvolutionalAutoencoder(Options(new AutoencoderTrainerOptions())).Fit(rows);
            return autoencoder.Model.ToArray();
        }
        bool isFrozen = kind == "frozen encoder";
        var options = Options(new SegmentationTrainerOptions()) with
        {
            ImageWidth = 64,
            ImageHeight = 64,
            WindowWidth = 64,
            WindowHeight = 64,
            Encoder = new CompactEncoder { IsTrainable = !isFrozen },
            Augmentation =
                isFrozen ? AugmentationOptions.None with { HorizontalFlip = true } : new AugmentationOptions { CutMix = 0.5 },
            Loss = new SegmentationLossOptions
            {
                Focal = 0.5,
                LabelSmoothing = 0.1,
                ClassWeighting = ClassWeighting.InverseFrequency,
            },
        };
        using var model = trainers.FullyConvolutionalNetwork(options).Fit(rows);
        return model.Model.ToArray();
    }

    private T Options<T>(T options)
        where T : TrainerOptions => options with
        {
            Threads = 1,
            Epochs = 1,
            BatchSize = 2,
            GradientAccumulation = 2,
            GradientClipNorm = 1,
            Optimizer = OptimizerKind.Sgd,
            WeightAveraging = 0.9,
            ValidationFraction = 0.25,
            CheckpointPath = Path.Combine(_folder, "training.checkpoint"),
            CheckpointInterval = TimeSpan.FromTicks(1),
            TensorBoardFolder = _folder,
        };
}
