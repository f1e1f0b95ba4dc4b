using System.Runtime.InteropServices;
using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class MachinePlannerTest
{
    private static readonly SegmentationTrainerOptions _options = new() { BatchSize = 8, Epochs = 1 };

    /// <summary>An image takes 10 bytes, beside 100 for the weights.</summary>
    [TestMethod]
    [DataRow(180, 8, 1)]
    [DataRow(179, 4, 2)]
    [DataRow(120, 2, 4)]
    [DataRow(50, 1, 8, DisplayName = "one image is the least")]
    public void Fit_Memory_HalvesTheBatch(long memory, int batch, int accumulation) =>
        Assert.AreEqual((batch, accumulation), MachinePlanner.Fit(8, size => 100 + 10 * size, memory));

    [TestMethod]
    public void ChoosePrecision_BatchThatTheMemoryDoesNotHold_IsMeasuredByItsParts()
    {
        var tried = new List<long>();
        var planner = new MachinePlanner(Linear(), CPU, (images, scores) =>
        {
            tried.Add(images.shape[0]);
            return images.shape[0] > 2 ? throw new ExternalException("CUDA out of memory.") : scores.mean();
        });
        var table = new ChoiceTable();

        SegmentationTrainerOptions planned = planner.ChoosePrecision(_options, Shape.Map(3, 16, 16), table);

        CollectionAssert.AreEqual((long[])[8, 4, 2, 2, 2], tried);
        Assert.AreEqual(8, planned.BatchSize);
        Assert.AreEqual(ConvolutionPrecision.Float32, planned.ConvolutionPrecision);
    }

    [TestMethod]
    public void ChoosePrecision_ImageThatTheMemoryDoesNotHold_IsAnError()
    {
        var planner = new MachinePlanner(Linear(), CPU, (_, _) => throw new ExternalException("CUDA out of memory."));

        Assert.ThrowsExactly<ExternalException>(
            () => planner.ChoosePrecision(_options, Shape.Map(3, 16, 16), new ChoiceTable()));
    }

    [TestMethod]
    public void ChoosePrecision_TrialThatFails_LeavesTheRandomNumbers()
    {
        byte[] before = RandomState.Take();
        var planner = new MachinePlanner(Linear(), CPU, (_, _) =>
        {
            using var drawn = rand(3);
            throw new ExternalException("CUDA out of memory.");
        });

        Assert.ThrowsExactly<ExternalException>(
            () => planner.ChoosePrecision(_options, Shape.Map(3, 16, 16), new ChoiceTable()));

        CollectionAssert.AreEqual(before, RandomState.Take());
    }

    /// <summary>With neither epochs nor a time the epochs are planned, and every machine is to train alike.</summary>
    [TestMethod]
    public void ChoosePrecision_WithoutATimeBudget_StaysAt32Bits()
    {
        var planner = new MachinePlanner(Linear(), CPU, (_, scores) => scores.mean());
        var table = new ChoiceTable();

        SegmentationTrainerOptions planned =
            planner.ChoosePrecision(_options with { Epochs = null }, Shape.Map(3, 16, 16), table);

        Assert.AreEqual(ConvolutionPrecision.Float32, planned.ConvolutionPrecision);
        string why = table.Plan.Choices.Single(choice => choice.Name == "precision").Why;
        Assert.IsTrue(why.Contains("every machine trains alike") || why.Contains("no instructions"), why);
    }

    /// <summary>With a megabyte for a step the batch of 8 is halved; the table has what is trained with.</summary>
    [TestMethod]
    public void ChooseMemory_BatchHalved_IsInTheTable()
    {
        var planner = new MachinePlanner(Linear(), CPU, (_, scores) => scores.mean());
        var table = new ChoiceTable();
        table.Add("batch", "8", "8 images");

        SegmentationTrainerOptions planned =
            planner.ChooseMemory(_options, isGiven: false, Shape.Map(3, 64, 64), memory: 1 << 20, table);

        Assert.IsLessThan(8, planned.BatchSize!.Value);
        Assert.AreEqual(8, planned.BatchSize * planned.GradientAccumulation);
        Assert.AreEqual($"{planned.BatchSize}", table.Plan.Choices.Single(choice => choice.Name == "batch").Value);
    }

    private static LayerGraph Linear()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        return new LayerGraph("linear", [image], [new Conv2D(2, 3).Apply(image)]);
    }
}
