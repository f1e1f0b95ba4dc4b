using Microsoft.ML;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class PlannedFitTest
{
    private static readonly SegmentationTrainerOptions _options = new() { Epochs = 2, Plan = true, MemoryMegabytes = 1 };

    [TestMethod]
    public void Fit_Planned_SaysThePlanFirst()
    {
        var reports = new List<TrainingProgress>();

        Fit(_options with { Progress = new SynchronousProgress(reports.Add) });

        Assert.IsNotNull(reports[0].Plan);
        Assert.IsTrue(reports.Skip(1).All(report => report.Plan is null));
        Assert.AreEqual("1", Choice(reports[0].Plan!, "batch").Value);
        Assert.Contains("2 batches a step", Choice(reports[0].Plan!, "batch").Why);
    }

    /// <summary>
    /// Where memory is short, one image a batch is all there is; with more of it, the checkpoint's batch stays.
    /// </summary>
    [TestMethod]
    public void Fit_ResumedWithMoreMemory_KeepsTheCheckpointsPlan()
    {
        string checkpoint = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.checkpoint");
        using var stop = new CancellationTokenSource();
        var reports = new List<TrainingProgress>();
        SegmentationTrainerOptions options = _options with { CheckpointPath = checkpoint, CancellationToken = stop.Token };
        try
        {
            Assert.ThrowsExactly<OperationCanceledException>(() => Fit(options with
            {
                Progress = new SynchronousProgress(report =>
                {
                    if (report.Step == 1) stop.Cancel();
                }),
            }));
            Fit(options with
            {
                CancellationToken = default,
                Resume = true,
                MemoryMegabytes = null,
                Progress = new SynchronousProgress(reports.Add),
            });
        }
        finally
        {
            File.Delete(checkpoint);
        }

        Assert.AreEqual(2, reports[0].Step);
        Assert.IsTrue(reports.All(report => report.Plan is null && report.Warning is null));
    }

    [TestMethod]
    public void Plan_Twice_IsThatOfFitAndTrainsNothing()
    {
        var context = new MLContext(1);
        SegmentationTrainer trainer = context.Segmentation.Trainers.FullyConvolutionalNetwork(_options);
        IDataView rows = TrainingRow.View(context, 8);

        string[] Choices() => [.. trainer.Plan(rows).Choices.Where(choice => !choice.IsOfMachine).Select(choice => $"{choice}")];

        Assert.AreSequenceEqual(Choices(), Choices());
    }

    /// <summary>No machine makes 300 batches in a fiftieth of a second; the least window of this network is 64.</summary>
    [TestMethod]
    public void Plan_TooFewSteps_TakesASmallerWindow()
    {
        var context = new MLContext(1);
        SegmentationTrainer trainer = context.Segmentation.Trainers.FullyConvolutionalNetwork(
            _options with { Epochs = null, TimeBudget = TimeSpan.FromMilliseconds(20), ImageWidth = 256, ImageHeight = 256 });

        TrainingPlan plan = trainer.Plan(TrainingRow.View(context, 8));

        Assert.AreEqual("96x96", Choice(plan, "window").Value);
        Assert.Contains("less than 300", Choice(plan, "window").Why);
    }

    /// <summary>The size and the loss of an autoencoder are given: the machine alone decides.</summary>
    [TestMethod]
    public void Plan_Autoencoder_IsOfTheMachine()
    {
        var context = new MLContext(1);
        AutoencoderTrainer trainer = context.Segmentation.Trainers.ConvolutionalAutoencoder(
            new AutoencoderTrainerOptions { BatchSize = 4, Epochs = 3 });

        TrainingPlan plan = trainer.Plan(TrainingRow.View(context, 8));

        Assert.AreEqual(("8", "given"), (Choice(plan, "images").Value, Choice(plan, "batch").Why));
        Assert.AreEqual("3 epochs", Choice(plan, "length").Value);
        Assert.IsTrue(Choice(plan, "step").IsOfMachine);
    }

    /// <summary>Operations a second are a guess, and a step that was measured is none.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Fit_Epochs_EstimatesTheTimeByThePlansStep(bool plan)
    {
        var context = new MLContext(1);
        var starts = new List<string>();
        context.Log += (_, log) =>
        {
            if (log.RawMessage.StartsWith("Training fcn", StringComparison.Ordinal)) starts.Add(log.RawMessage);
        };

        using var model = context.Segmentation.Trainers.FullyConvolutionalNetwork(
            _options with { Plan = plan, MemoryMegabytes = null }).Fit(TrainingRow.View(context, 8));

        Assert.Contains("about ", starts.Single());
        Assert.AreEqual(!plan, starts[0].Contains("free core", StringComparison.Ordinal), starts[0]);
    }

    private static PlannedChoice Choice(TrainingPlan plan, string name) => plan.Choices.Single(choice => choice.Name == name);

    private static void Fit(SegmentationTrainerOptions options)
    {
        var context = new MLContext(1);
        using var model = context.Segmentation.Trainers.FullyConvolutionalNetwork(options).Fit(TrainingRow.View(context, 8));
    }
}
