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

    /// <summary>Of 10 minutes 2 are for what follows: 4 of the other 8 are a half. More than half of all is never kept.</summary>
    [TestMethod]
    public void Reserve_Budget_ShortensTheSteps()
    {
        TrainingDuration duration = TrainingDuration.OfTime(TimeSpan.FromMinutes(10));

        Assert.AreEqual(TimeSpan.FromMinutes(2), duration.Reserve(TimeSpan.FromMinutes(2)));
        Assert.AreEqual(TimeSpan.FromMinutes(2), duration.Reserve(TimeSpan.FromMinutes(1)));
        Assert.AreEqual(0.5, duration.Fraction(TimeSpan.FromMinutes(4), 0, 0, 1), 1e-9);
        Assert.AreEqual(TimeSpan.FromMinutes(5), duration.Reserve(TimeSpan.FromHours(1)));
        Assert.AreEqual(TimeSpan.Zero, TrainingDuration.OfEpochs(2).Reserve(TimeSpan.FromHours(1)));
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
