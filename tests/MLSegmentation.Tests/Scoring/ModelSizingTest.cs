using Microsoft.ML;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ModelSizingTest
{
    private static readonly MLContext _ml = new(1);

    private static readonly Dictionary<string, Action<ImageSizing, int?>> _users = new()
    {
        ["SegmentImage"] = (sizing, side) => _ml.Transforms.SegmentImage(
            "Output", "Image", TestGraphs.BrightestChannel(), new() { Sizing = sizing, ImageWidth = side, ImageHeight = side }),
        ["ReconstructImage"] = (sizing, side) => _ml.Transforms.ReconstructImage(
            "Output", "Image", TestGraphs.Halving(), new() { Sizing = sizing, ImageWidth = side, ImageHeight = side }),
        ["ClassifyImage"] = (sizing, side) => _ml.Transforms.ClassifyImage(
            "Output", "Image", TestGraphs.BrightestMean(), new() { Sizing = sizing, ImageWidth = side, ImageHeight = side }),
        ["Load"] = (sizing, side) => SegmentationModel.Load(
            TestGraphs.BrightestChannel(), new() { Sizing = sizing, ImageWidth = side, ImageHeight = side }).Dispose(),
    };

    private static IEnumerable<object[]> Users =>
        from user in _users.Keys
        from sizing in new[] { ImageSizing.Stretch, ImageSizing.Letterbox, ImageSizing.Crop }
        where (user, sizing) != ("ReconstructImage", ImageSizing.Crop) // never taken
        select new object[] { user, sizing };

    [TestMethod]
    [DynamicData(nameof(Users))]
    public void Sizing_WithoutASizeToBringImagesTo_IsAFaultOfTheOptions(string user, ImageSizing sizing)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => _users[user](sizing, null));

        Assert.AreEqual("options", error.ParamName);
        StringAssert.Contains(error.Message, $"{sizing}");
        StringAssert.Contains(error.Message, "Give ImageWidth and ImageHeight");
        _users[user](sizing, 8);
    }

    [TestMethod]
    public void Sizing_WithoutASizeButOfAModelOfFixedSize_IsTaken() =>
        _ml.Transforms.SegmentImage(
            "Output", "Image", TestGraphs.BrightestChannel(6, 8), new() { Sizing = ImageSizing.Stretch });
}
