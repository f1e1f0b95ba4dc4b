using Microsoft.ML;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>What a training takes from the <see cref="MLContext"/> that its trainer was made by.</summary>
[TestClass]
public sealed class TrainingContextTest
{
    private static readonly AutoencoderTrainerOptions _options = new() { Epochs = 1, BatchSize = 4, Threads = 1 };
    private readonly string _folder = Directory.CreateTempSubdirectory("training-context-test-").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Fit_OptionsWithoutSeed_TakesThatOfTheContext()
    {
        byte[] seven = Train(new MLContext(1), _options with { Seed = 7 });

        CollectionAssert.AreEqual(seven, Train(new MLContext(7), _options));
        CollectionAssert.AreNotEqual(seven, Train(new MLContext(1), _options));
    }

    [TestMethod]
    public void Fit_NoSeedAnywhere_IsThatOfOne() =>
        CollectionAssert.AreEqual(Train(new MLContext(7), _options with { Seed = 1 }), Train(new MLContext(), _options));

    [TestMethod]
    public void Fit_ResumedWithAnotherSeedOfTheContext_IsRefusedAsOneOfTheOptionsIs()
    {
        AutoencoderTrainerOptions options = _options with { CheckpointPath = Path.Combine(_folder, "training.checkpoint") };
        byte[] model = Train(new MLContext(7), options);
        AutoencoderTrainerOptions resumed = options with { Resume = true };

        var error = Assert.ThrowsExactly<InvalidDataException>(() => Train(new MLContext(8), resumed));

        StringAssert.Contains(error.Message, "Seed was 7, is 8");
        CollectionAssert.AreEqual(model, Train(new MLContext(7), resumed));
        CollectionAssert.AreEqual(model, Train(new MLContext(8), resumed with { Seed = 7 }));
    }

    [TestMethod]
    public void Fit_GpuThatIsNotThere_SaysWhatWasAskedForAndWhichPackageGivesIt()
    {
        RequireNoGpu();
        var context = new MLContext(1) { GpuDeviceId = 3 };

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => Train(context, _options)).Message;

        StringAssert.Contains(message, "The GPU 3 was asked for (GpuDeviceId)");
        StringAssert.Contains(message, "TorchSharp-cuda-linux");
        StringAssert.Contains(message, "FallbackToCpu");
    }

    [TestMethod]
    public void Fit_GpuThatIsNotThereWithFallback_WarnsAndTrainsOnTheCpu()
    {
        RequireNoGpu();
        var context = new MLContext(1) { GpuDeviceId = 0, FallbackToCpu = true };
        var warnings = new List<string>();
        context.Log += (_, line) => warnings.AddRange(line.Kind == ChannelMessageKind.Warning ? [line.RawMessage] : []);

        byte[] model = Train(context, _options);

        string warning = warnings.Single(line => line.EndsWith("The training runs on the CPU.", StringComparison.Ordinal));
        StringAssert.Contains(warning, "The GPU 0 was asked for (GpuDeviceId)");
        CollectionAssert.AreEqual(Train(new MLContext(1), _options), model);
    }

    [TestMethod]
    public void Fit_GpuThatIsNotThereWithFallback_WarnsOnceThatTheModelRunsOnTheCpu()
    {
        RequireNoGpu();
        var context = new MLContext(1) { GpuDeviceId = 0, FallbackToCpu = true };
        var warnings = new List<string>();
        context.Log += (_, line) => warnings.AddRange(line.Kind == ChannelMessageKind.Warning ? [line.RawMessage] : []);

        Train(context, _options);

        Assert.AreEqual(1, warnings.Count(line => line.EndsWith("The model runs on the CPU.", StringComparison.Ordinal)));
    }

    private static void RequireNoGpu()
    {
        if (cuda.is_available()) Assert.Inconclusive("There is a GPU, so that none is missing.");
    }

    private static byte[] Train(MLContext context, AutoencoderTrainerOptions options)
    {
        using var model = context.Segmentation.Trainers.ConvolutionalAutoencoder(options).Fit(TrainingRow.View(context, 8));
        return model.Model.ToArray();
    }
}
