using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class SegmentImageEstimatorTest
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void SegmentImage_ModelFile_ReadsIt()
    {
        using var folder = new TestFolder();
        string path = folder.FileNamed("model.onnx");
        File.WriteAllBytes(path, TestGraphs.BrightestChannel());
        IDataView data = Rows();

        using SegmentImageTransformer model = _ml.Transforms.SegmentImage("Image", null, path).Fit(data);

        Assert.AreEqual(("Image", "Image"), (model.InputColumnName, model.OutputColumnName));
        Assert.IsInstanceOfType<VectorDataViewType>(model.GetOutputSchema(data.Schema)["Image"].Type);
    }

    [TestMethod]
    public void SegmentImage_NoOnnx_NamesTheFile()
    {
        using var folder = new TestFolder();
        string path = folder.ImageFile(0);

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => _ml.Transforms.SegmentImage("Mask", "Image", path)).Message, path);
    }

    [TestMethod]
    public void SegmentImage_Autoencoder_SaysThatItDoesNotSegment() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidDataException>(
            () => _ml.Transforms.SegmentImage("Mask", "Image", TestGraphs.Halving())).Message, "gives the image back");

    [TestMethod]
    public void SegmentImage_OtherCountOfClassNames_NamesBoth()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() => Segment(new() { ClassNames = ["a", "b"] })).Message;

        StringAssert.Contains(message, "2 class names (a, b)");
        StringAssert.Contains(message, "3 classes");
    }

    [TestMethod]
    public void SegmentImage_OptionOutOfRange_IsRefused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Segment(new() { Threshold = 1.1f }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Segment(new() { Threshold = float.NaN }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Segment(new() { OverlayOpacity = -0.1 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Segment(new() { Threads = 0 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Segment(new() { Sizing = (ImageSizing)9 }));
        Assert.ThrowsExactly<ArgumentException>(() => Segment(new() { Palette = [new(1, 2, 3)] }));
        Assert.ThrowsExactly<ArgumentException>(() => Segment(new() { ConfidenceColumnName = "Mask" }));
        Assert.ThrowsExactly<ArgumentException>(() => Segment(new() { Sizing = ImageSizing.Stretch, ImageWidth = 8 }));
        Assert.ThrowsExactly<ArgumentException>(
            () => Segment(new() { Sizing = ImageSizing.Native, ImageWidth = 8, ImageHeight = 8 }));
        Assert.ThrowsExactly<ArgumentException>(
            () => _ml.Transforms.SegmentImage("Mask", "Image", TestGraphs.BrightestChannel(8, 8),
                new() { Sizing = ImageSizing.Stretch, ImageWidth = 8, ImageHeight = 8 }));
    }

    [TestMethod]
    public void Fit_ColumnHasNeitherImagesNorPaths_NamesColumnAndTypes()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable([new { Number = 1f }]);

        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Transforms.SegmentImage("Mask", "Number", TestGraphs.BrightestChannel()).Fit(rows)).Message;

        StringAssert.Contains(message, "'Number': expected Image or Text (paths), got");
    }

    [TestMethod]
    public void Fit_ChainOfWrongType_IsRefusedBeforeAnythingRuns()
    {
        var chain = _ml.Transforms.Conversion.MapValueToKey("Image", "Name")
            .Append(_ml.Transforms.SegmentImage("Mask", "Image", TestGraphs.BrightestChannel()));

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => chain.Fit(Rows()));
    }

    [TestMethod]
    public void GetOutputSchema_WithMapKeyToValueBehind_FitsAsAChain()
    {
        var chain = _ml.Transforms.SegmentImage("Mask", "Image", TestGraphs.BrightestChannel(),
            new() { ConfidenceColumnName = "Confidence", OverlayColumnName = "Overlay" })
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Names", "Mask"));

        IDataView scored = chain.Fit(Rows()).Transform(Rows());

        SchemaShape shape = chain.GetOutputSchema(Shape(Rows()));
        foreach (DataViewSchema.Column column in scored.Schema)
        {
            SchemaShape.Column promised = shape.Single(item => item.Name == column.Name);
            Assert.AreEqual(
                column.Type is VectorDataViewType, promised.Kind != SchemaShape.Column.VectorKind.Scalar, column.Name);
        }
        SchemaShape.Column mask = shape.Single(column => column.Name == "Mask");
        Assert.AreEqual((SchemaShape.Column.VectorKind.VariableVector, true), (mask.Kind, mask.IsKey));
        CollectionAssert.AreEquivalent(
            scored.Schema.Select(column => column.Name).ToArray(), shape.Select(column => column.Name).ToArray());
    }

    private SegmentImageEstimator Segment(SegmentImageOptions options) =>
        _ml.Transforms.SegmentImage("Mask", "Image", TestGraphs.BrightestChannel(), options);

    private IDataView Rows() =>
        _ml.Data.LoadFromEnumerable([new TestImages.Row { Name = "a", Image = TestImages.Image(4, 4, 1) }]);

    // ML.NET makes shapes of schemas internally only: an estimator that adds nothing hands one out.
    private static SchemaShape Shape(IDataView data)
    {
        var spy = new ShapeSpy();
        new MLContext().Transforms.CopyColumns("Copy", "Name").Append(spy).Fit(data);
        return new SchemaShape(spy.Seen!.Where(column => column.Name != "Copy"));
    }

    private sealed class ShapeSpy : IEstimator<ITransformer>
    {
        public SchemaShape? Seen { get; private set; }

        public ITransformer Fit(IDataView input) => new MLContext().Transforms.CopyColumns("Again", "Name").Fit(input);

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Seen = inputSchema;
    }
}
