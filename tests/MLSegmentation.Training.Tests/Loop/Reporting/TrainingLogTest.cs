using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TrainingLogTest
{
    private static readonly TrainingProgress _step = new()
    {
        Epoch = 3,
        Epochs = 50,
        Step = 21,
        Loss = 0.5,
        Metric = 0.75,
        MetricName = "pixel accuracy",
        ValidationMetricName = "mean IoU",
        ImagesPerSecond = 17.2,
        Fraction = 0.05,
        TimeLeft = TimeSpan.FromSeconds(150),
    };

    private readonly List<(ChannelMessageKind Kind, string Message)> _lines = [];

    [TestMethod]
    public void Report_Step_IsALineAndIsPassedOn()
    {
        TrainingProgress? passed = null;
        Log(TimeSpan.Zero, log => log.Report(_step), new SynchronousProgress(value => passed = value));

        CollectionAssert.AreEqual(
            new[] { (ChannelMessageKind.Info, "5 %: epoch 3/50, loss 0.5000, pixel accuracy 0.7500, 17 images/s, 2 min left") },
            _lines);
        Assert.AreSame(_step, passed);
    }

    [TestMethod]
    public void Report_ManySteps_AreALineEachInterval()
    {
        Log(TimeSpan.FromHours(1), log =>
        {
            for (int i = 0; i < 1000; i++) log.Report(_step);
        });

        Assert.HasCount(1, _lines);
    }

    [TestMethod]
    public void Report_ValidationAndWarning_AreNeverLeftOut()
    {
        Log(TimeSpan.FromHours(1), log =>
        {
            log.Report(_step);
            log.Report(_step with { ValidationMetric = 0.625, IsBestValidation = true });
            log.Report(_step with { Warning = "The disk is full." });
            log.WriteEnd();
        });

        Assert.HasCount(4, _lines);
        Assert.Contains("validation mean IoU 0.6250 (best)", _lines[1].Message);
        Assert.AreEqual((ChannelMessageKind.Warning, "The disk is full."), _lines[2]);
        Assert.Contains("Trained 21 steps in ", _lines[3].Message);
        Assert.EndsWith("; the best validation was mean IoU 0.6250 after epoch 3.", _lines[3].Message);
    }

    /// <summary>Resumed from its end, a training has no step to report; what the model lacks is said all the same.</summary>
    [TestMethod]
    public void WriteEnd_CollapseWithoutAStep_IsSaid()
    {
        var reports = new List<TrainingProgress>();

        Log(
            TimeSpan.Zero, log => log.WriteEnd(new MissingClasses("all is ground", "no poles")),
            new SynchronousProgress(reports.Add));

        CollectionAssert.AreEqual(new[] { "all is ground", null }, reports.Select(report => report.Collapse).ToArray());
        StringAssert.Contains(reports[1].Warning, "no poles");
        Assert.AreEqual((ChannelMessageKind.Warning, "The training collapsed: all is ground."), _lines[0]);
    }

    [TestMethod]
    [DataRow(45, "45 s")]
    [DataRow(240, "4 min")]
    [DataRow(5400, "1.5 h")]
    public void Text_Time_IsInTheUnitThatReadsWell(int seconds, string text) =>
        Assert.AreEqual(text, TrainingLog.Text(TimeSpan.FromSeconds(seconds)));

    [TestMethod]
    public void Fit_EveryTrainer_SaysFirstWhatItDoes()
    {
        var context = new MLContext(1);
        var starts = new List<string>();
        var ends = new List<string>();
        context.Log += (_, line) =>
        {
            if (line.Kind == ChannelMessageKind.Info && line.RawMessage.StartsWith("Training ", StringComparison.Ordinal))
                starts.Add(line.RawMessage);
            if (line.Kind == ChannelMessageKind.Info && line.RawMessage.StartsWith("Trained ", StringComparison.Ordinal))
                ends.Add(line.RawMessage);
        };
        IDataView rows = TrainingRow.View(context, 8);

        var options = new SegmentationTrainerOptions { Encoder = new CompactEncoder(), Epochs = 2, BatchSize = 3, Threads = 1 };
        context.Segmentation.Trainers.UNet(options).Fit(rows).Dispose();
        context.Segmentation.Trainers.ConvolutionalAutoencoder(epochs: 1).Fit(rows).Dispose();

        Assert.HasCount(4, starts);
        Assert.StartsWith("Training on ", starts[0]);
        Assert.Contains(" with libtorch ", starts[0]);
        Assert.Contains("Training unet-compact on 8 images of 64×64, 2 classes: 2 epochs of 3 batches, about ", starts[1]);
        Assert.Contains(" on 1 free core.", starts[1]);
        Assert.AreEqual(starts[0], starts[2]);
        Assert.Contains(" on 8 images of 28×28: 1 epoch of 1 batch, about 0 s", starts[3]);
        Assert.HasCount(2, ends);
        Assert.Contains("Trained 6 steps in ", ends[0]);
    }

    private void Log(TimeSpan interval, Action<TrainingLog> write, IProgress<TrainingProgress>? next = null)
    {
        var context = new MLContext(1);
        context.Log += (_, line) =>
        {
            if (line.Kind is ChannelMessageKind.Info or ChannelMessageKind.Warning) _lines.Add((line.Kind, line.RawMessage));
        };
        using IChannel channel = ((IChannelProvider)context).Start("test");
        write(new TrainingLog(channel, next, interval));
    }
}
