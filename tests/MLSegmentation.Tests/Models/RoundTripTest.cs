using FreshProcess;
using Microsoft.ML;
using Microsoft.ML.Transforms.Image;
using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>Every use of a model gives the same before saving and after plain Model.Load in a new process.</summary>
[TestClass]
public sealed class RoundTripTest
{
    private const string Stock = "LoadImages, ResizeImages, SegmentImage";
    private const string Own = "ReadImages, ReadMasks, SegmentImage";
    private const string Autoencoder = "ReadImages, ReconstructImage";
    private const string Classifier = "ReadImages, ClassifyImage";
    private const string Masks = "ReadImages, SegmentImage, PostprocessMask, OverlayMask, MaskToPolygons";
    private const string OneChannel = "ReadImages, SegmentImage of one channel";
    private const string Labels = "ReadImages, SegmentImage of labels, PostprocessMask";
    private static readonly string[] _pipelines = [Stock, Own, Autoencoder, Classifier, Masks, OneChannel, Labels];
    private static readonly Dictionary<string, Dictionary<string, string>> _before = [], _after = [];
    private static TestFolder _folder = null!;

    public static IEnumerable<(string Pipeline, string Check)> Checks =>
        _pipelines.SelectMany(
            pipeline => PipelineChecks.SameRows.Concat(PipelineChecks.Others).Select(check => (pipeline, check)));

    public static IEnumerable<(string Pipeline, string Check)> SameRowsChecks =>
        _pipelines.SelectMany(pipeline => PipelineChecks.SameRows.Select(check => (pipeline, check)));

    [ClassInitialize]
    public static void RunAll(TestContext context)
    {
        _ = context;
        _folder = new TestFolder();
        foreach (string pipeline in _pipelines)
        {
            var ml = new MLContext(1);
            IDataView input = ml.Data.LoadFromEnumerable(InputRow.In(_folder.Path));
            ITransformer model = Chain(ml, pipeline).Fit(input);
            _before[pipeline] = PipelineChecks.Run(ml, model, _folder.Path).ToDictionary(item => item.Check, item => item.Result);
            string zip = _folder.FileNamed("model.zip");
            ml.Model.Save(model, input.Schema, zip);
            (model as IDisposable)?.Dispose();
            _after[pipeline] = HelperProcess.Run("FreshProcess", zip, _folder.Path)
                .Select(line => line.Split('=', 2)).ToDictionary(line => line[0], line => line[1]);
        }
    }

    [ClassCleanup]
    public static void Delete() => _folder.Dispose();

    [TestMethod]
    [DynamicData(nameof(Checks))]
    public void Load_InFreshProcess_GivesTheSame(string pipeline, string check) =>
        Assert.AreEqual(_before[pipeline][check], _after[pipeline][check]);

    [TestMethod]
    [DynamicData(nameof(SameRowsChecks))]
    public void Rows_HoweverReached_AreTheSame(string pipeline, string check) =>
        Assert.AreEqual(_before[pipeline]["Transform"], _before[pipeline][check]);

    [TestMethod]
    public void InactiveColumns_OfMissingFiles_AreNotRead()
    {
        foreach (string pipeline in _pipelines) Assert.AreEqual("image0 missing", _before[pipeline]["InactiveColumns"]);
    }

    [TestMethod]
    public void Preview_OfTwoRows_HasThem()
    {
        foreach (string pipeline in _pipelines) StringAssert.StartsWith(_before[pipeline]["Preview"], "2 rows");
    }

    [TestMethod]
    public void MapKeyToValue_OfMasks_GivesTheBrightestChannelsNames()
    {
        string[] names = ["reddish", "greenish", "bluish"];
        IEnumerable<uint> keys = TestFolder.Sizes.SelectMany(
            (size, index) => TestImages.BrightestKeys(TestImages.Pixels(size.Width, size.Height, index)));
        string expected = string.Join(
            ", ", keys.CountBy(key => names[key - 1])
                .OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}"));

        Assert.AreEqual(expected, _before[Own]["MapKeyToValue"]);
    }

    [TestMethod]
    public void Schema_OfResizedImages_HasTheirSize()
    {
        StringAssert.Contains(_before[Stock]["Schema"], "Mask: Vector<Key<UInt32, 0-2>, 10, 12> of reddish|greenish|bluish");
        StringAssert.Contains(_before[Own]["Schema"], "Mask: Vector<Key<UInt32, 0-2>> of reddish|greenish|bluish");
        StringAssert.Contains(_before[Autoencoder]["Schema"], "Latent: Vector<Single, 3>");
        StringAssert.Contains(_before[Autoencoder]["Schema"], "ErrorMap: Vector<Single>; AnomalyScore: Single");
        StringAssert.Contains(_before[Classifier]["Schema"],
            "PredictedLabel: Key<UInt32, 0-2> of reddish|greenish|bluish; Score: Vector<Single, 3>");
        StringAssert.Contains(_before[Masks]["Schema"],
            "Mask: Vector<Key<UInt32, 0-2>> of reddish|greenish|bluish; Overlay: Image; Polygons: Vector<String, 3>");
    }

    private static IEstimator<ITransformer> Chain(MLContext ml, string pipeline) => pipeline switch
    {
        Stock => ml.Transforms.LoadImages("Image", _folder.Images, "ImagePath")
            .Append(ml.Transforms.ResizeImages("Image", 12, 10, resizing: ImageResizingEstimator.ResizingKind.Fill))
            .Append(ml.Transforms.SegmentImage("Mask", "Image", TestGraphs.BrightestChannel(), new SegmentImageOptions
            {
                ConfidenceColumnName = "Confidence",
                OverlayColumnName = "Overlay",
                Threshold = 0.4f,
            })),
        Own => ml.Transforms.ReadImages("Image", _folder.Images, "ImagePath")
            .Append(ml.Transforms.ReadMasks("Label", _folder.Masks, ["reddish", "greenish", "bluish"], "MaskPath"))
            .Append(
                ml.Transforms.SegmentImage(
                    "Mask", "Image", TestGraphs.BrightestChannel(), new SegmentImageOptions { OverlayColumnName = "Overlay" })),
        Masks => ml.Transforms.ReadImages("Image", _folder.Images, "ImagePath")
            .Append(ml.Transforms.SegmentImage("Mask", "Image", TestGraphs.BrightestChannel()))
            .Append(
                ml.Transforms.PostprocessMask(
                    "Mask", null, new() { MinRegionPixels = 3, MaxHolePixels = 2, ClosingRadius = 1 }, "Image"))
            .Append(
                ml.Transforms.OverlayMask(
                    "Overlay", "Mask", "Image", new() { Palette = [new(1, 2, 3), new(4, 5, 6), new(7, 8, 9)] }))
            .Append(ml.Transforms.MaskToPolygons("Polygons", "Mask", "Image")),
        OneChannel => ml.Transforms.ReadImages("Image", _folder.Images, "ImagePath")
            .Append(
                ml.Transforms.SegmentImage(
                    "Mask", "Image", new ScoreGraph { Planes = 1, IsChannelsLast = true, Pool = 2 }.ToModel(),
                    new SegmentImageOptions
                    {
                        Preparation = ImagePreparation.ImageNetRgb,
                        SizeMultiple = 2,
                        Output = ScoreGraph.Output,
                        Scores = ScoreKind.Logits,
                        Threshold = 0.4f,
                        ConfidenceColumnName = "Confidence",
                        OverlayColumnName = "Overlay",
                    })),
        Labels => ml.Transforms.ReadImages("Image", _folder.Images, "ImagePath")
            .Append(
                ml.Transforms.SegmentImage(
                    "Mask", "Image",
                    new ScoreGraph { AreLabels = true, KeepsAxis = true, Type = OnnxElementType.Float16 }.ToModel(),
                    new SegmentImageOptions { Preparation = ImagePreparation.AsIs, Classes = 3 }))
            .Append(ml.Transforms.PostprocessMask("Mask", null, new() { MinRegionPixels = 3 }, "Image")),
        Classifier => ml.Transforms.ReadImages("Image", _folder.Images, "ImagePath")
            .Append(ml.Transforms.ClassifyImage("PredictedLabel", "Image", TestGraphs.BrightestMean())),
        _ => ml.Transforms.ReadImages("Image", _folder.Images, "ImagePath")
            .Append(ml.Transforms.ReconstructImage("Reconstruction", "Image", TestGraphs.Halving(), new ReconstructImageOptions
            {
                ErrorMapColumnName = "ErrorMap",
                AnomalyScoreColumnName = "AnomalyScore",
                ErrorSmoothing = 0.7,
                RelativeErrors = true,
                AnomalyQuantile = 0.9,
            })),
    };
}
