using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>Models that open, but whose outputs or sizes are not what they say: an error at the row, not wrong pixels.</summary>
[TestClass]
public sealed class UnsoundModelTest
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Mask_SizeMultipleBeyondMemory_NamesTheSize()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(
            () => Masks(EditedModel.WithProperty("sizeMultiple", $"{1 << 30}"))).Message;

        StringAssert.Contains(message, "1073741824×1073741824");
    }

    [TestMethod]
    public void Mask_TrainedSizeBeyondMemory_NamesTheSize()
    {
        byte[] model = TestGraphs.BrightestChannel(metadata: TestGraphs.Described() with
        {
            Sizing = MLSegmentation.ImageSizing.Stretch,
            ImageWidth = int.MaxValue,
            ImageHeight = int.MaxValue,
        });

        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Masks(model)).Message, "2147483647×2147483647");
    }

    [TestMethod]
    public void Mask_OfAnotherSizeThanTheImage_NamesBoth()
    {
        string message = Assert.ThrowsExactly<InvalidOperationException>(() => Masks(TestGraphs.HalfMask())).Message;

        StringAssert.Contains(message, "[1,3,4]");
        StringAssert.Contains(message, "[1,6,8]");
    }

    [TestMethod]
    public void Score_OfAnotherNumberOfClasses_NamesBoth()
    {
        IDataView data = Data();
        using var model = _ml.Transforms.ClassifyImage("Label", "Image", TestGraphs.ManyScores(2)).Fit(data);

        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => model.Transform(data).GetColumn<uint>("Label").ToArray()).Message;

        StringAssert.Contains(message, "[1,144]");
        StringAssert.Contains(message, "[1,2]");
    }

    [TestMethod]
    public void ClassifyImage_MoreClassesThanAreTaken_IsRefused()
    {
        string message = Assert.ThrowsExactly<InvalidDataException>(
            () => _ml.Transforms.ClassifyImage("Label", "Image", TestGraphs.ManyScores(2_000_000_000)).Fit(Data())).Message;

        StringAssert.Contains(message, "2000000000 classes");
    }

    private uint[][] Masks(byte[] onnx)
    {
        IDataView data = Data();
        using var model = _ml.Transforms.SegmentImage("Mask", "Image", onnx).Fit(data);
        return [.. model.Transform(data).GetColumn<uint[]>("Mask")];
    }

    private IDataView Data() => _ml.Data.LoadFromEnumerable([new TestImages.Row { Image = TestImages.Image(8, 6, 1) }]);
}
