namespace MLSegmentation.Tests;

/// <summary>What follows from an image's size, worked out by hand.</summary>
[TestClass]
public sealed class ImagePlanTest
{
    [TestMethod]
    public void New_StretchedToAFixedSize_NeedsNoMoreThanTheLessReducedSide()
    {
        ImagePlan plan = Plan(TestGraphs.BrightestChannel(200, 240), new() { Sizing = ImageSizing.Stretch }, 1280, 800);

        // 240 of 1280 columns are 3/16, 200 of 800 rows are a quarter.
        Assert.AreEqual((320, 200), plan.LeastSize);
        Assert.AreEqual(new ImageView(plan.Seen, IsFlipped: false), plan.Views.Single());
        Assert.AreEqual((240, 200, 1280, 800),
            (plan.Seen.TensorWidth, plan.Seen.TensorHeight, plan.Target.ImageWidth, plan.Target.ImageHeight));
        Assert.AreEqual(1280L * 800 * sizeof(uint), plan.ResultBytes);
    }

    [TestMethod]
    public void New_EnlargedImage_IsNeededInItsOwnSize()
    {
        ImagePlan plan = Plan(TestGraphs.BrightestChannel(200, 240), new() { Sizing = ImageSizing.Letterbox }, 24, 20);

        Assert.AreEqual((24, 20), plan.LeastSize);
    }

    [TestMethod]
    public void New_MaskOfTheNetworksSizeWithConfidence_TakesTheBytesOfBoth()
    {
        SegmentationModelOptions options = new()
        {
            Sizing = ImageSizing.Stretch,
            MaskSize = MaskSize.Network,
            WithConfidence = true,
        };

        ImagePlan plan = Plan(TestGraphs.BrightestChannel(200, 240), options, 1280, 800);

        Assert.AreEqual((240, 200), (plan.Target.ImageWidth, plan.Target.ImageHeight));
        Assert.AreEqual(240L * 200 * (sizeof(uint) + sizeof(float)), plan.ResultBytes);
    }

    [TestMethod]
    public void New_Augmentation_HasAViewForEachScaleAndItsMirrorImage()
    {
        SegmentationModelOptions options = new()
        {
            Sizing = ImageSizing.Stretch,
            ImageWidth = 100,
            ImageHeight = 50,
            TestTimeAugmentation = new() { Scales = [1, 2] },
        };

        ImagePlan plan = Plan(TestGraphs.BrightestChannel(), options, 400, 400);

        (int, int, bool)[] views =
            [.. plan.Views.Select(view => (view.Geometry.ScaledWidth, view.Geometry.ScaledHeight, view.IsFlipped))];
        CollectionAssert.AreEqual(new[] { (100, 50, false), (100, 50, true), (200, 100, false), (200, 100, true) }, views);
        Assert.AreEqual((200, 200), plan.LeastSize);
    }

    [TestMethod]
    public void New_ImageTooLargeForTheNetwork_IsRefusedBeforeItIsDecoded() =>
        Assert.ThrowsExactly<ArgumentException>(
            () => Plan(TestGraphs.BrightestChannel(8, 8), new() { Sizing = ImageSizing.Native }, 9, 8));

    private static ImagePlan Plan(byte[] model, SegmentationModelOptions options, int width, int height) =>
        new(
            new SegmentationSetup(OnnxModelInfo.FromBytes(model), "The model", options, options.WithConfidence), multiple: 1,
            width, height);
}
