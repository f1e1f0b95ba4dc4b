namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class LearningRateScheduleTest
{
    [TestMethod]
    public void At_CosineWithWarmUp_RisesThenFallsToZero()
    {
        var schedule = new LearningRateSchedule.Cosine { WarmUp = 0.2 };

        Assert.AreEqual(0.1, schedule.At(0), 1e-12);
        Assert.AreEqual(0.55, schedule.At(0.1), 1e-12);
        Assert.AreEqual(1, schedule.At(0.2), 1e-12);
        Assert.AreEqual(0.5, schedule.At(0.6), 1e-12);
        Assert.AreEqual(0, schedule.At(1), 1e-12);
    }

    [TestMethod]
    public void At_Constant_IsOneThroughout()
    {
        var schedule = new LearningRateSchedule.Constant();

        Assert.AreEqual(1, schedule.At(0));
        Assert.AreEqual(1, schedule.At(1));
    }

    [TestMethod]
    public void At_Step_FallsAfterEachPart()
    {
        var schedule = new LearningRateSchedule.Step { Every = 0.25, Factor = 0.5 };

        double[] rates = [.. new[] { 0, 0.24, 0.25, 0.49, 0.5, 0.75 }.Select(schedule.At)];

        CollectionAssert.AreEqual(new[] { 1, 1, 0.5, 0.5, 0.25, 0.125 }, rates);
    }

    [TestMethod]
    public void At_Polynomial_IsThePowerOfWhatIsLeft()
    {
        var schedule = new LearningRateSchedule.Polynomial();

        Assert.AreEqual(1, schedule.At(0), 1e-12);
        Assert.AreEqual(0.535886731, schedule.At(0.5), 1e-9);
        Assert.AreEqual(0, schedule.At(1), 1e-12);
    }

    [TestMethod]
    public void Validate_WarmUpOfEverything_SaysWhatToGive()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new LearningRateSchedule.Cosine { WarmUp = 1 }.Validate());

        StringAssert.Contains(error.Message, "0 to below 1");
    }
}
