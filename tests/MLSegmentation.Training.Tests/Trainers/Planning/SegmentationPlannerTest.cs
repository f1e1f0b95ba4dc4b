using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class SegmentationPlannerTest
{
    private static readonly SegmentationFingerprint _data = SegmentationRulesTest.Fingerprint with
    {
        PixelParts = [0.95, 0.05],
        SmallestAcross = [100, 5],
        IsGray = true,
    };

    [TestMethod]
    public void Choose_NothingGiven_DecidesEverything()
    {
        SegmentationTrainerOptions planned = Choose(new SegmentationTrainerOptions(), out _);

        Assert.AreEqual((704, 576), (planned.ImageWidth, planned.ImageHeight));
        Assert.AreEqual((320, 256), (planned.WindowWidth, planned.WindowHeight));
        Assert.AreEqual(ImageSizing.Letterbox, planned.Sizing);
        Assert.AreEqual(8, planned.BatchSize);
        Assert.AreEqual(0.3, planned.Loss.Dice);
        Assert.AreEqual("1 2.7", string.Join(' ', planned.Loss.ClassWeights!));
        Assert.IsTrue(planned.Augmentation.VerticalFlip);
    }

    /// <summary>Regions of 200 pixels are 160 at the planned scale, more than half of 256.</summary>
    [TestMethod]
    public void Choose_LargeRegions_ShowsAsMuchOfTheImageAsItMay()
    {
        SegmentationTrainerOptions planned = Choose(
            new SegmentationTrainerOptions(), out TrainingPlan plan, _data with { LargestAcross = [400, 200] });

        Assert.AreEqual((448, 352), (planned.WindowWidth, planned.WindowHeight));
        Assert.Contains("200 pixels across", plan.Choices.Single(choice => choice.Name == "window").Why);
    }

    [TestMethod]
    public void Choose_EverythingGiven_KeepsIt()
    {
        var given = new SegmentationTrainerOptions
        {
            ImageWidth = 160,
            ImageHeight = 128,
            WindowWidth = 96,
            WindowHeight = 64,
            Sizing = ImageSizing.Stretch,
            BatchSize = 3,
            Upright = true,
            Loss = new SegmentationLossOptions { Dice = 1, ClassWeighting = ClassWeighting.None },
        };

        SegmentationTrainerOptions planned = Choose(given, out TrainingPlan plan);

        Assert.AreEqual(given, planned);
        string[] left = [.. plan.Choices.Where(choice => choice.Why != "given").Select(choice => choice.Name)];
        Assert.AreSequenceEqual(["images", "network", "weights", "mirrored"], left);
    }

    [TestMethod]
    public void Choose_ClassWeightsGiven_KeepsThem()
    {
        var given = new SegmentationTrainerOptions { Loss = new SegmentationLossOptions { ClassWeights = [1, 9] } };

        SegmentationTrainerOptions planned = Choose(given, out _);

        Assert.AreEqual("1 9", string.Join(' ', planned.Loss.ClassWeights!));
        Assert.AreEqual(0.3, planned.Loss.Dice);
    }

    /// <summary>Mirroring them top to bottom would have the features of a frozen encoder computed in every epoch.</summary>
    [TestMethod]
    public void Choose_FrozenEncoderAndFlipsAlone_AddsNoMirroring()
    {
        AugmentationOptions flips = AugmentationOptions.None with { HorizontalFlip = true };
        var frozen = new SegmentationTrainerOptions
        {
            Encoder = new CompactEncoder { IsTrainable = false },
            Augmentation = flips,
        };

        Assert.AreEqual(flips, Choose(frozen, out _).Augmentation);
        Assert.IsTrue(Choose(frozen with { Encoder = new CompactEncoder() }, out _).Augmentation.VerticalFlip);
    }

    [TestMethod]
    public void Choose_NoWeights_SaysThatLayersBeginAtRandom()
    {
        Choose(new SegmentationTrainerOptions { PretrainedWeights = PretrainedWeights.None }, out TrainingPlan plan);

        Assert.Contains("at random", plan.Choices.Single(choice => choice.Name == "weights").Why);
    }

    [TestMethod]
    public void Choose_NoChangesAskedFor_MakesNone()
    {
        var options = new SegmentationTrainerOptions { Augmentation = AugmentationOptions.None };

        Assert.AreEqual(AugmentationOptions.None, Choose(options, out _).Augmentation);
    }

    /// <summary>It changes no gray pixel, and a resumed training would find other options than it noted.</summary>
    [TestMethod]
    public void Choose_HueGivenForGrayImages_KeepsIt()
    {
        var given = new AugmentationOptions { Hue = 20, Saturation = 0.5 };

        SegmentationTrainerOptions planned = Choose(new SegmentationTrainerOptions { Augmentation = given }, out _);

        Assert.AreEqual(given with { VerticalFlip = true }, planned.Augmentation);
    }

    [TestMethod]
    public void Plan_ToString_IsATable()
    {
        Choose(new SegmentationTrainerOptions(), out TrainingPlan plan);

        string[] lines = plan.ToString().Split(Environment.NewLine);
        int why = lines[0].IndexOf("why", StringComparison.Ordinal);
        Assert.HasCount(plan.Choices.Count + 1, lines);
        Assert.IsTrue(lines.All(line => line[why - 1] == ' ' && line[why] != ' '));
    }

    private static SegmentationTrainerOptions Choose(
        SegmentationTrainerOptions options, out TrainingPlan plan, SegmentationFingerprint? data = null)
    {
        var planner = new SegmentationPlanner(data ?? _data, UNet.Create(new CompactEncoder(), 2), ["background", "defect"]);
        SegmentationTrainerOptions planned = planner.Choose(options);
        plan = planner.Table.Plan;
        return planned;
    }
}
