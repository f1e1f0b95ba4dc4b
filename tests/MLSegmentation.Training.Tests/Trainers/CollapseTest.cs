using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

/// <summary>
/// Labels that cannot be learnt from gray images: grains here and there, so that the ground is the likeliest class of every
/// pixel.
/// </summary>
[TestClass]
public sealed class CollapseTest
{
    private const int Side = 32, GrainsIn = 8;

    private static readonly SegmentationNetwork _network =
        new("tiny", "", new CompactEncoder(), (_, classes) => StripeTraining.Tiny("tiny", width: 8));

    private static readonly SegmentationTrainerOptions _options = new()
    {
        Epochs = 30,
        BatchSize = 2,
        ImageWidth = Side,
        ImageHeight = Side,
        WindowWidth = Side,
        WindowHeight = Side,
        LearningRate = 0.02,
        Schedule = new LearningRateSchedule.Constant(),
        Loss = new SegmentationLossOptions { Dice = 0 },
        Plan = true,
    };

    /// <summary>
    /// 240 batches: after 160 or a few more the collapse is seen, and the remedy is taken for those left.
    /// </summary>
    [TestMethod]
    public void Fit_OneClassEverywhere_IsMended()
    {
        var reports = new List<TrainingProgress>();

        Fit(_options, reports);

        string warning = reports.Single(report => report.Warning is not null).Warning!;
        Assert.Contains("nearly every pixel is given the class", warning);
        Assert.Contains("median frequency", warning);
        Assert.AreEqual(0.02, reports[1].LearningRate);
        Assert.AreEqual(0.01, reports[^1].LearningRate);
    }

    /// <summary>
    /// In code that asked for no plan nothing is changed: the remedy is named, and what was given named as kept.
    /// </summary>
    [TestMethod]
    public void Fit_CollapseWithoutAPlan_IsSaidAndChangesNothing()
    {
        var reports = new List<TrainingProgress>();

        Fit(_options with { Plan = false }, reports);

        string warning = reports.Single(report => report.Warning is not null).Warning!;
        Assert.Contains("Nothing is changed", warning);
        Assert.Contains("classes are weighted by median frequency", warning);
        Assert.Contains("Kept as given: loss", warning);
        Assert.AreEqual(0.02, reports.Last(report => report.LearningRate is not null).LearningRate);
        Assert.Contains("nearly every pixel is given the class", reports[^1].Collapse!);
    }

    /// <summary>The remedy in the last batches: too late to bring anything back, so the end says what the model lacks.</summary>
    [TestMethod]
    public void Fit_RemedyWithoutEffect_IsSaidAtTheEnd()
    {
        var reports = new List<TrainingProgress>();

        // Nothing moves where the rate is next to none from the remedy on.
        Fit(_options with { Schedule = new LearningRateSchedule.Step { Every = 0.6, Factor = 0 } }, reports);

        Assert.Contains("nearly every pixel is given the class", reports[^1].Collapse!);
    }

    /// <summary>Stopped after the remedy, at step 200 of 240: what goes on is the mended training.</summary>
    [TestMethod]
    public void Fit_ResumedAfterTheRemedy_KeepsIt()
    {
        string checkpoint = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.checkpoint");
        using var stop = new CancellationTokenSource();
        SegmentationTrainerOptions options = _options with { CheckpointPath = checkpoint, CancellationToken = stop.Token };
        var reports = new List<TrainingProgress>();
        try
        {
            Assert.ThrowsExactly<OperationCanceledException>(() => Fit(options, reports, report =>
            {
                if (report.Step == 200) stop.Cancel();
            }));
            reports.Clear();
            Fit(options with { CancellationToken = default, Resume = true }, reports);
        }
        finally
        {
            File.Delete(checkpoint);
        }

        Assert.AreEqual((201, 0.01), (reports[0].Step, reports[0].LearningRate));
        Assert.IsTrue(reports.All(report => report.Warning is null));
    }

    private static void Fit(
        SegmentationTrainerOptions options, List<TrainingProgress> reports, Action<TrainingProgress>? watch = null)
    {
        var context = new MLContext(1);
        options = options with { Progress = new SynchronousProgress(Report) };
        using var model = context.Segmentation.Trainers.SegmentationNetwork(_network, options)
            .Fit(context.Data.LoadFromEnumerable(Enumerable.Range(0, 16).Select(Make)));

        void Report(TrainingProgress report)
        {
            reports.Add(report);
            watch?.Invoke(report);
        }
    }

    private static Row Make(int number)
    {
        var random = new Random(number);
        var pixels = new byte[Side * Side * 4];
        Array.Fill(pixels, (byte)128);
        return new Row
        {
            Image = MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, pixels),
            Label = [.. Enumerable.Range(0, Side * Side).Select(_ => random.Next(GrainsIn) == 0 ? 2u : 1u)],
        };
    }

    private sealed class Row
    {
        [ImageType(Side, Side)]
        public MLImage Image { get; set; } = null!;

        [VectorType(Side, Side)]
        [KeyType(2)]
        public uint[] Label { get; set; } = [];
    }
}
