using MLSegmentation.Tests;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class QuickstartTest
{
    /// <summary>
    /// A budget of time gives another model on a busy machine: a mean IoU of 0.42 where free cores come to 0.82.
    /// </summary>
    [TestMethod]
    public void Program_LengthOfTheTraining_IsInEpochs()
    {
        string program = File.ReadAllText(Path.Combine(SharedData.Repository, "pipelines", "Quickstart", "Program.cs"));

        Assert.Contains(nameof(TrainerOptions.Epochs), program);
        Assert.DoesNotContain(nameof(TrainerOptions.TimeBudget), program);
    }
}
