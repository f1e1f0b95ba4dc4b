namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class ResumedChoicesTest
{
    private static readonly SegmentationTrainerOptions _asked = new() { Plan = true, Epochs = 2 };

    /// <summary>The plan mirrors top to bottom where up does not matter, also where the options say so themselves.</summary>
    [TestMethod]
    [DataRow(null)]
    [DataRow(false)]
    public void OfSegmentation_MirroredByThePlan_GoesOnMirrored(bool? isUpright)
    {
        SegmentationTrainerOptions asked = _asked with { Upright = isUpright },
            planned = asked with { Augmentation = asked.Augmentation with { VerticalFlip = true } };

        SegmentationTrainerOptions resumed = ResumedChoices.OfSegmentation(asked, Record(planned));

        Assert.IsTrue(resumed.Augmentation.VerticalFlip);
        Assert.IsEmpty(Record(planned).DifferencesIn(Record(resumed)));
    }

    [TestMethod]
    public void OfSegmentation_VerticalFlipAskedForAnew_IsNotDropped()
    {
        SegmentationTrainerOptions asked = _asked with { Augmentation = new AugmentationOptions { VerticalFlip = true } };

        SegmentationTrainerOptions resumed = ResumedChoices.OfSegmentation(asked, Record(_asked));

        Assert.IsTrue(resumed.Augmentation.VerticalFlip);
    }

    /// <summary>As docs/resuming.md says: only a word about class weights goes before those of the first run.</summary>
    [TestMethod]
    public void OfSegmentation_ClassWeights_AreThoseOfTheCheckpointUnlessSaidOtherwise()
    {
        TrainingRecord before = Record(_asked with { Loss = new SegmentationLossOptions { ClassWeights = [1, 2.5f] } });
        var none = new SegmentationLossOptions { ClassWeighting = ClassWeighting.None };

        Assert.AreSequenceEqual([1, 2.5f], ResumedChoices.OfSegmentation(_asked, before).Loss.ClassWeights!);
        Assert.IsNull(ResumedChoices.OfSegmentation(_asked with { Loss = none }, before).Loss.ClassWeights);
    }

    private static TrainingRecord Record(SegmentationTrainerOptions options) =>
        TrainingRecord.Of(options, [(ResumeRules.Network, "unet-compact")]);
}
