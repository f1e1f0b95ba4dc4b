namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TrainingDurationTest
{
    /// <summary>By hand: a quarter of the training took a minute, half of it is left.</summary>
    [TestMethod]
    public void TimeLeft_Epochs_FollowsFromThePartThatWasMeasured() =>
        Assert.AreEqual(TimeSpan.FromMinutes(2), TrainingDuration.OfEpochs(4).TimeLeft(0.5, 0.25, TimeSpan.FromMinutes(1)));

    [TestMethod]
    public void TimeLeft_NothingMeasuredYet_IsUnknown() =>
        Assert.IsNull(TrainingDuration.OfEpochs(4).TimeLeft(0.5, 0, TimeSpan.FromMinutes(1)));

    [TestMethod]
    public void TimeLeft_Budget_IsWhatIsLeftOfIt()
    {
        TrainingDuration duration = TrainingDuration.OfTime(TimeSpan.FromMinutes(10));
        duration.Resume(TimeSpan.FromMinutes(9));
        TimeSpan left = duration.TimeLeft(0, 0, TimeSpan.Zero)!.Value;
        Assert.IsTrue(left > TimeSpan.FromSeconds(50) && left <= TimeSpan.FromMinutes(1), $"{left}");
    }

    [TestMethod]
    public void Fraction_Resumed_CountsTheTimeBefore()
    {
        TrainingDuration duration = TrainingDuration.OfTime(TimeSpan.FromMinutes(10));
        duration.Resume(TimeSpan.FromMinutes(5));
        Assert.AreEqual(0.5, duration.Fraction(0, 0, 1), 0.05);
        duration.Resume(TimeSpan.FromMinutes(30));
        Assert.AreEqual(1, duration.Fraction(0, 0, 1));
    }
}
