using System.Security.Cryptography;
using Microsoft.ML;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Bench;

/// <summary>A small training that uses every option that hands memory to libtorch; prints the SHA-256 of its model.</summary>
internal static class StressedTraining
{
    public static int Run(string kind, bool isCollecting)
    {
        string folder = Directory.CreateTempSubdirectory("training-stress-").FullName;
        using var stop = new CancellationTokenSource();
        Task collecting = isCollecting ? Task.Run(() => Collect(stop.Token)) : Task.CompletedTask;
        try
        {
            Console.WriteLine(Convert.ToHexString(SHA256.HashData(Train(kind, folder).Span)));
        }
        finally
        {
            stop.Cancel();
            collecting.Wait();
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static void Collect(CancellationToken stop)
    {
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            // What is made while a collection runs may live through it: an older generation is collected now and then.
            GC.Collect(i % 16 == 0 ? 1 : 0);
            GC.WaitForPendingFinalizers();
        }
    }

    private static ReadOnlyMemory<byte> Train(string kind, string folder)
    {
        var context = new MLContext(1);
        IDataView rows = context.Data.LoadFromEnumerable(StressRow.Make(12));
        TrainerCatalog trainers = context.Segmentation.Trainers;
        switch (kind)
        {
            case "segmentation":
                using (var model = trainers.SegmentationNetwork(
                    SegmentationNetworks.Find("fcn8-bn-compact"), Segmentation(folder)).Fit(rows))
                    return model.Model;
            case "frozen":
                var frozen = Segmentation(folder) with
                {
                    Encoder = new CompactEncoder { IsTrainable = false },
                    Augmentation = AugmentationOptions.None with { HorizontalFlip = true },
                    Optimizer = OptimizerKind.AdamW,
                    WeightAveraging = 0,
                    CacheMegabytes = 0,
                };
                using (var model = trainers.UNet(frozen).Fit(rows)) return model.Model;
            case "autoencoder":
                var autoencoder = Common(new AutoencoderTrainerOptions { LearningRate = 1e-3 }, folder);
                using (var model = trainers.ConvolutionalAutoencoder(autoencoder).Fit(rows)) return model.Model;
            case "classification":
                var classification = Common(
                    new ImageClassificationTrainerOptions { LabelColumnName = "Kind", LearningRate = 1e-3 }, folder);
                using (var model = trainers.ImageClassification(
                    classes => ResidualNetwork.Create(classes), classification).Fit(rows))
                    return model.Model;
            default:
                throw new ArgumentException($"There is no training '{kind}'.");
        }
    }

    private static SegmentationTrainerOptions Segmentation(string folder) =>
        Common(new SegmentationTrainerOptions { LearningRate = 1e-2 }, folder) with
        {
            ImageWidth = 64,
            ImageHeight = 64,
            WindowWidth = 64,
            WindowHeight = 64,
            Augmentation = new AugmentationOptions { CutMix = 0.5, Saturation = 0.3, Hue = 10 },
            Loss = new SegmentationLossOptions
            {
                Focal = 0.5,
                LabelSmoothing = 0.1,
                ClassWeighting = ClassWeighting.InverseFrequency,
            },
        };

    private static T Common<T>(T options, string folder)
        where T : TrainerOptions => options with
        {
            Threads = 1,
            Epochs = 3,
            BatchSize = 2,
            GradientAccumulation = 2,
            GradientClipNorm = 1,
            Optimizer = OptimizerKind.Sgd,
            WeightDecay = 1e-4,
            WeightAveraging = 0.9,
            ValidationFraction = 0.25,
            CheckpointPath = Path.Combine(folder, "training.checkpoint"),
            CheckpointInterval = TimeSpan.FromMilliseconds(100),
            TensorBoardFolder = folder,
        };
}
