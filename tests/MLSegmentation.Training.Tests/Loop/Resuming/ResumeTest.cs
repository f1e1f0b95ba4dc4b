using System.Reflection;
using MLSegmentation.Tests;
using static MLSegmentation.Training.Tests.StripeTraining;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class ResumeTest
{
    private static readonly SegmentationTrainerOptions _options = new()
    {
        Epochs = 2,
        LearningRate = 1e-2,
        Schedule = new LearningRateSchedule.Constant(),
        WeightAveraging = 0.9,
        WeightDecay = 0.01,
        Optimizer = OptimizerKind.AdamW,
        ValidationFraction = 0.1,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("resume-test-").FullName;

    private string CheckpointFile => Path.Combine(_folder, "training.checkpoint");

    private static string EarlierCheckpoint =>
        Path.Combine(SharedData.Repository, "tests", "MLSegmentation.Training.Tests", "Loop", "Resuming", "Fixtures",
            "earlier.checkpoint");

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Resume_MoreEpochsOfOneRate_IsTheLongerTrainingBitForBit()
    {
        var (losses, weights) = Train(_options with { Epochs = 4 });
        Train(_options with { CheckpointPath = CheckpointFile });
        var notes = new List<string>();

        var (rest, resumed) = Resume(_options with { Epochs = 4 }, notes);

        CollectionAssert.AreEqual(losses.Skip(8).ToArray(), rest);
        CollectionAssert.AreEqual(weights, resumed);
        Assert.AreEqual(
            $"The training goes on from '{CheckpointFile}' otherwise than it was: Epochs was 2, is 4.", notes.Single());
    }

    /// <summary>
    /// 4 of 10 epochs are in the second of three parts, as 4 of 11 are; 4 of 30 are in the first, and 3 epochs are over.
    /// </summary>
    [TestMethod]
    [DataRow(11, null)]
    [DataRow(30, "jump from 10 % of the learning rate to 100 %")]
    [DataRow(3, "jump from 10 % of the learning rate to 0 %")]
    public void Resume_OtherEpochsOfSteps_GoesOnWhereTheRateIsTheSame(int epochs, string? refusal)
    {
        var options = _options with { Epochs = 10, Schedule = new LearningRateSchedule.Step() };
        TrainEpochs(options, 4);
        var notes = new List<string>();

        if (refusal is null) Resume(options with { Epochs = epochs }, notes);
        else notes.Add(Assert.ThrowsExactly<InvalidDataException>(() => Resume(options with { Epochs = epochs }, [])).Message);

        StringAssert.Contains(notes.Single(), refusal is null
            ? $"Epochs was 10, is {epochs}."
            : $"Epochs was 10, is {epochs}, and its Step schedule would {refusal}");
    }

    [TestMethod]
    public void Resume_MoreEpochsOfACosine_SaysThatTheRateWouldJump()
    {
        var options = _options with { Epochs = 4, Schedule = new LearningRateSchedule.Cosine() };
        TrainEpochs(options, 2);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => Resume(options with { Epochs = 8 }, []));

        // Half a cosine: 50 % in the middle, (1 + cos 45°) / 2 after a quarter.
        StringAssert.Contains(
            error.Message, "Epochs was 4, is 8, and its Cosine schedule would jump from 50 % of the learning rate to 85 %");
    }

    [TestMethod]
    public void Resume_OtherRateLossAndAugmentation_GoesOnAndSaysWhatIsOther()
    {
        TrainEpochs(_options, 1);
        var (same, _) = Resume(_options with { CheckpointPath = Copy() }, []);
        var notes = new List<string>();

        var (losses, _) = Resume(_options with
        {
            LearningRate = 1e-3,
            Loss = new SegmentationLossOptions { Dice = 0.5 },
            Augmentation = new AugmentationOptions { CutMix = 0.25 },
            Threads = 3,
        }, notes);

        Assert.HasCount(4, losses);
        Assert.AreNotEqual(same[^1], losses[^1]);
        string[] expected = ["LearningRate was 0.01, is 0.001", "Loss.Dice was 1, is 0.5", "Augmentation.CutMix was 0, is 0.25",
            "Threads was not set, is 3"];
        foreach (string difference in expected) StringAssert.Contains(notes.Single(), difference);
    }

    [TestMethod]
    public void Resume_SameOptions_SaysNothing()
    {
        TrainEpochs(_options, 1);
        var notes = new List<string>();

        Resume(_options with { TensorBoardFolder = _folder, CheckpointInterval = TimeSpan.FromSeconds(7) }, notes);

        Assert.IsEmpty(notes);
    }

    [TestMethod]
    public void Resume_OtherAverageBatchAndValidation_IsRefused()
    {
        TrainEpochs(_options, 1);

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => Resume(
                _options with { WeightAveraging = 0.99, BatchSize = 4, ValidationFraction = 0.2, LearningRate = 1e-3 }, []));

        string[] expected = ["WeightAveraging was 0.9, is 0.99", "BatchSize was 8, is 4", "ValidationFraction was 0.1, is 0.2"];
        foreach (string difference in expected) StringAssert.Contains(error.Message, difference);
        Assert.DoesNotContain("LearningRate", error.Message, "What is accepted is no reason to refuse.");
    }

    /// <summary>Five steps of four epochs, written by the version before checkpoints noted all options.</summary>
    [TestMethod]
    public void Resume_CheckpointOfAnEarlierVersion_GoesOnAndSaysWhatItCannotKnow()
    {
        File.Copy(EarlierCheckpoint, CheckpointFile);
        var options = new SegmentationTrainerOptions
        {
            Epochs = 4,
            LearningRate = 1e-2,
            WeightAveraging = 0.9,
            WeightDecay = 0.01,
            Optimizer = OptimizerKind.AdamW,
            ValidationFraction = 0.1,
        };
        var notes = new List<string>();

        var (losses, _) = Resume(options, notes);

        Assert.HasCount(11, losses);
        StringAssert.Contains(notes.Single(), "earlier version and notes only Network, Images, Seed, Optimizer");
        File.Copy(EarlierCheckpoint, CheckpointFile, overwrite: true);
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Resume(options with { Seed = 2, Epochs = 5 }, notes));
        StringAssert.Contains(error.Message, "Seed was 1, is 2");
        StringAssert.Contains(error.Message, "Epochs was 4, is 5");
    }

    /// <summary>Only a checkpoint without a digest can come to that.</summary>
    [TestMethod]
    public void Resume_EarlierCheckpointOfIntegers_IsRefused()
    {
        byte[] bytes = File.ReadAllBytes(EarlierCheckpoint);
        int at = bytes.AsSpan().IndexOf("\"F32\""u8);
        "\"I32\""u8.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(CheckpointFile, bytes);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => Resume(_options with { Epochs = 4 }, []));

        StringAssert.Contains(error.Message, "has no 32-bit numbers");
    }

    [TestMethod]
    public void Rules_OfEveryOption_AreInTheTableAndInTheDocs()
    {
        string docs = File.ReadAllText(Path.Combine(SharedData.Repository, "docs", "resuming.md"));
        Type[] trainers = [typeof(SegmentationTrainerOptions), typeof(AutoencoderTrainerOptions),
            typeof(ImageClassificationTrainerOptions)];
        string[] options = [.. trainers.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Select(property => property.Name).Distinct()];

        Assert.IsEmpty(options.Where(name => !ResumeRules.All.ContainsKey(name)).ToArray());
        Assert.IsEmpty(ResumeRules.All.Keys.Where(name => !docs.Contains($"`{name}`", StringComparison.Ordinal)).ToArray());
    }

    private void TrainEpochs(SegmentationTrainerOptions options, int epochs)
    {
        using var interruption = new CancellationTokenSource();
        Assert.ThrowsExactly<OperationCanceledException>(
            () => Train(options with { CheckpointPath = CheckpointFile, CancellationToken = interruption.Token }, report =>
            {
                if (report.Epoch == epochs && report.ValidationMetric is not null) interruption.Cancel();
            }));
    }

    private string Copy()
    {
        string copy = Path.Combine(_folder, "copy.checkpoint");
        File.Copy(CheckpointFile, copy);
        return copy;
    }

    private (List<double> Losses, float[] Weights) Resume(SegmentationTrainerOptions options, List<string> notes) =>
        Train(options with { CheckpointPath = options.CheckpointPath ?? CheckpointFile, Resume = true },
            report => notes.AddRange(report.Warning is { } note ? [note] : []));
}
