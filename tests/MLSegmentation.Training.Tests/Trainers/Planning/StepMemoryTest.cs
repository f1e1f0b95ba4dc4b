using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class StepMemoryTest
{
    private const long Megabyte = 1 << 20;

    /// <summary>By hand: 3500 MB less 2048 of images and 256 of batches are 1196; three quarters of that are 897.</summary>
    [TestMethod]
    [DataRow(3500L, 9000L, 897L, DisplayName = "as many images as may be kept")]
    [DataRow(3500L, 100L, 2358L, DisplayName = "few images")]
    [DataRow(1000L, 9000L, 0L)]
    public void ForSteps_ImagesInMemory_TakeTheirPart(long free, long images, long expected) => Assert.AreEqual(
        expected * Megabyte, StepMemory.ForSteps(free * Megabyte, images * Megabyte, cache: 2048 * Megabyte));

    [TestMethod]
    public void Of_LossThatSorts_IsMore()
    {
        var graph = UNet.Create(new CompactEncoder(), 4);
        Shape window = Shape.Map(3, 64, 64);
        int copies = StepMemory.CopiesOf(new SegmentationLossOptions { Lovasz = 1 });

        // 12 more copies of 64×64 scores of 4 classes, 4 bytes each.
        Assert.AreEqual(12 * 64 * 64 * 4 * 4, StepMemory.Of(graph, window, 1, copies) - StepMemory.Of(graph, window, 1));
    }
}
