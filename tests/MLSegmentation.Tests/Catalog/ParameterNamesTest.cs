using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>Exceptions about arguments name a parameter of the public method that was called.</summary>
[TestClass]
public sealed class ParameterNamesTest
{
    private static readonly MLContext _ml = new(1);
    private static readonly byte[] _segmenter = TestGraphs.BrightestChannel();
    private static readonly IDataView _data = _ml.Data.LoadFromEnumerable(
        [new TestImages.Row { Image = TestImages.Image(8, 6, 1) }]);
    private static readonly SchemaShape _shape = new([ColumnShapes.Of("Image", NumberDataViewType.Single, null)]);

    private static readonly (string Method, string Parameter, Action Call)[] _calls =
    [
        ("SegmentImage", "outputColumnName", () => Segment(output: "")),
        ("SegmentImage", "inputColumnName", () => Segment(input: "")),
        ("SegmentImage", "options", () => Segment(new() { ConfidenceColumnName = "Mask" })),
        ("SegmentImage", "options", () => Segment(new() { ConfidenceColumnName = "" })),
        ("SegmentImage", "options", () => Segment(new() { Threads = 0 })),
        ("SegmentImage", "options", () => Segment(new() { ImageWidth = 8 })),
        ("SegmentImage", "options", () => Segment(new() { ImageWidth = 0, ImageHeight = 8, Sizing = ImageSizing.Stretch })),
        ("SegmentImage", "options", () => Segment(new() { ImageWidth = 8, ImageHeight = 8, Sizing = ImageSizing.Native })),
        ("SegmentImage", "options", () => Segment(new() { Sizing = (ImageSizing)99 })),
        ("SegmentImage", "options", () => Segment(new() { OverlayOpacity = 2 })),
        ("SegmentImage", "options", () => Segment(new() { Threshold = 2 })),
        ("SegmentImage", "options", () => Segment(new() { ClassNames = ["one"] })),
        ("SegmentImage", "options", () => Segment(new() { ClassNames = ["a", "b", "a"] })),
        ("SegmentImage", "options", () => Segment(new() { BadImagePolicy = BadImagePolicy.ErrorColumn })),
        ("SegmentImage", "options", () => Segment(new() { BadImagePolicy = (BadImagePolicy)99 })),
        ("SegmentImage", "options", () => Segment(new() { TestTimeAugmentation = new() { Scales = [] } })),
        ("SegmentImage", "options", () => Segment(new() { Sizing = ImageSizing.Stretch })),
        ("SegmentImage", "modelFile", () => _ml.Transforms.SegmentImage("Mask", null, "")),
        ("ReconstructImage", "modelFile", () => _ml.Transforms.ReconstructImage("Output", null, "")),
        ("ClassifyImage", "modelFile", () => _ml.Transforms.ClassifyImage("Output", null, "")),
        ("StockPipeline", "modelFile", () => _ml.Segmentation.StockPipeline("Mask", "Image", "", 8, 8)),
        ("FromFile", "path", () => OnnxModelInfo.FromFile("")),
        ("ReconstructImage", "options", () => Reconstruct(new() { Threads = 0 })),
        ("ReconstructImage", "options", () => Reconstruct(new() { AnomalyQuantile = 2 })),
        ("ReconstructImage", "options", () => Reconstruct(new() { ErrorSmoothing = -1 })),
        ("ReconstructImage", "options", () => Reconstruct(new() { Sizing = ImageSizing.Crop })),
        ("ReconstructImage", "options", () => Reconstruct(new() { ErrorColumnName = "Latent" })),
        ("ClassifyImage", "options", () => Classify(new() { Threads = 0 })),
        ("ClassifyImage", "options", () => Classify(new() { Sizing = ImageSizing.Tiled })),
        ("ClassifyImage", "options", () => Classify(new() { ClassNames = ["one"] })),
        ("ReadImages", "outputColumnName", () => _ml.Transforms.ReadImages("", null, "Path")),
        ("ReadImages", "inputColumnName", () => _ml.Transforms.ReadImages("Image", null, "")),
        ("ReadMasks", "classNames", () => ReadMasks([])),
        ("ReadMasks", "classNames", () => ReadMasks(["a", "a"])),
        ("ReadMasks", "options", () => ReadMasks(["a", "b"], new() { Threshold = 0 })),
        ("ReadMasks", "options", () => ReadMasks(["a"], new() { Threshold = 1 })),
        ("ReadMasks", "options", () => ReadMasks(["a"], new() { ClassOfLabel = [3] })),
        ("ReadMasks", "options", () => ReadMasks(["a"], new() { AllowIndices = true })),
        ("ReadMasks", "options", () => ReadMasks(["a"], new() { Palette = [] })),
        ("PostprocessMask", "options", () => _ml.Transforms.PostprocessMask("Clean", "Mask", new() { ClosingRadius = -1 })),
        ("PostprocessMask", "options", () => _ml.Transforms.PostprocessMask("Clean", "Mask", null!)),
        ("PostprocessMask", "inputColumnName", () => _ml.Transforms.PostprocessMask("Clean", "", new())),
        ("OverlayMask", "maskColumnName", () => _ml.Transforms.OverlayMask("Drawn", "", "Image")),
        ("OverlayMask", "options", () => _ml.Transforms.OverlayMask("Drawn", "Mask", "Image", new() { Opacity = 2 })),
        ("MaskToPolygons", "outputColumnName", () => _ml.Transforms.MaskToPolygons("", "Mask")),
        ("Fit", "input", () => Segment(input: "Nowhere").Fit(_data)),
        ("Fit", "input", () => Segment(input: "Image").Fit(null!)),
        ("Fit", "input", () => _ml.Transforms.OverlayMask("Drawn", "Image", "Image").Fit(_data)),
        ("GetOutputSchema", "inputSchema", () => Segment(input: "Image").GetOutputSchema(_shape)),
        ("GetOutputSchema", "inputSchema", () => Segment(input: "Nowhere").GetOutputSchema(_shape)),
        ("GetOutputSchema", "inputSchema", () => _ml.Transforms.MaskToPolygons("Texts", "Image").GetOutputSchema(_shape)),
        ("Load", "modelFile", () => SegmentationModel.Load("")),
        ("Load", "options", () => SegmentationModel.Load(_segmenter, new() { Threads = 0 })),
        ("Load", "options", () => SegmentationModel.Load(_segmenter, new() { BadImagePolicy = BadImagePolicy.Skip })),
        ("Evaluate", "labelColumnName", () => _ml.Segmentation.Evaluate(_data, "Nowhere", "Image")),
        ("Evaluate", "labelColumnName", () => _ml.Segmentation.Evaluate(_data, "Image", "Image")),
    ];

    private static IEnumerable<object[]> Calls => Enumerable.Range(0, _calls.Length).Select(index => new object[] { index });

    [TestMethod]
    [DynamicData(nameof(Calls))]
    public void ArgumentException_OfAPublicMethod_NamesItsParameter(int call)
    {
        (string method, string parameter, Action action) = _calls[call];

        var error = Assert.Throws<ArgumentException>(action);

        Assert.AreEqual(parameter, error.ParamName, error.Message);
        Assert.IsTrue(Methods(method).Any(one => one.GetParameters().Any(own => own.Name == parameter)),
            $"{method} has no parameter '{parameter}'.");
    }

    [TestMethod]
    public void ArgumentException_OfATransformer_NamesItsParameter()
    {
        IDataView other = _ml.Data.LoadFromEnumerable([new { Name = "a" }]);
        using SegmentImageTransformer model = Segment(input: "Image").Fit(_data);

        Assert.AreEqual("input", Assert.Throws<ArgumentException>(() => model.Transform(other)).ParamName);
        Assert.AreEqual("inputSchema", Assert.Throws<ArgumentException>(() => model.GetOutputSchema(other.Schema)).ParamName);
    }

    private static IEnumerable<MethodInfo> Methods(string name) => typeof(SegmentImageTransformer).Assembly.GetExportedTypes()
        .SelectMany(type => type.GetMethods()).Where(one => one.Name == name);

    private static SegmentImageEstimator Segment(
        SegmentImageOptions? options = null, string output = "Mask", string input = "Image") =>
        _ml.Transforms.SegmentImage(output, input, _segmenter, options);

    private static void Reconstruct(ReconstructImageOptions options) =>
        _ml.Transforms.ReconstructImage("Output", "Image", TestGraphs.Halving(), options);

    private static void Classify(ClassifyImageOptions options) =>
        _ml.Transforms.ClassifyImage("Output", "Image", TestGraphs.BrightestMean(), options);

    private static void ReadMasks(string[] classNames, ReadMasksOptions? options = null) =>
        _ml.Transforms.ReadMasks("Label", null, classNames, "Path", options);
}
