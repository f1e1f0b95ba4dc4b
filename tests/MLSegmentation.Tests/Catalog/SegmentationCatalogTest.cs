using System.Globalization;
using FreshProcess;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class SegmentationCatalogTest
{
    private readonly MLContext _ml = new(1);
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void Evaluate_MasksOfTheOracle_AreAllRight()
    {
        IDataView scored = Score(["reddish", "greenish", "bluish"]);

        SegmentationMetrics metrics = _ml.Segmentation.Evaluate(scored, "Label", "Mask");

        Assert.AreEqual((1.0, 1.0), (metrics.PixelAccuracy, metrics.MeanIoU));
        Assert.AreEqual(TestFolder.Sizes.Sum(size => size.Width * size.Height), metrics.ConfusionMatrix.LabeledPixels);
        CollectionAssert.AreEqual(new[] { "reddish", "greenish", "bluish" }, metrics.PerClass.Select(one => one.Name).ToArray());
    }

    [TestMethod]
    public void Evaluate_WorkedByHand_CountsIgnoredNowhereAndRejectedAsWrong()
    {
        // Labels: ignored, a, a, b, b. Predicted: b, a, none, b, a.
        IDataView data = Keys(new KeyRow { Label = [0, 1, 1, 2, 2], PredictedLabel = [2, 1, 0, 2, 1] });

        SegmentationMetrics metrics = _ml.Segmentation.Evaluate(data);

        Assert.AreEqual(0.5, metrics.PixelAccuracy);
        Assert.AreEqual(1.0 / 3, metrics.PerClass[0].IoU!.Value, 1e-12);
        Assert.AreEqual(0.5, metrics.PerClass[1].IoU!.Value, 1e-12);
    }

    [TestMethod]
    public void Evaluate_WithAllOptions_EqualsThePureMeasures()
    {
        IDataView scored = Score(
            ["reddish", "greenish", "bluish"], new SegmentImageOptions { ConfidenceColumnName = "Confidence", Threshold = 0.9f });
        var options = new SegmentationEvaluationOptions
        {
            Boundaries = true,
            BoundaryWidth = 0.1,
            ConfidenceColumnName = "Confidence",
            BootstrapResamples = 50,
            BootstrapSeed = 4,
        };

        SegmentationMetrics metrics = _ml.Segmentation.Evaluate(scored, "Label", "Mask", options);

        var (boundaryIoU, boundaryF1, calibration, images) =
            (new BoundaryIoU(3, 0.1), new BoundaryF1(3), new CalibrationError(), new PerImageIoU());
        var rows = scored.GetColumn<uint[]>("Label")
            .Zip(scored.GetColumn<uint[]>("Mask"), scored.GetColumn<float[]>("Confidence")).Zip(TestFolder.Sizes);
        foreach (((uint[] label, uint[] mask, float[] confidence), (int width, int height)) in rows)
        {
            var matrix = new PixelConfusionMatrix(3);
            matrix.Add(label, mask);
            images.Add(matrix);
            boundaryIoU.Add(label, mask, width, height);
            boundaryF1.Add(label, mask, width, height);
            calibration.Add(label, mask, confidence);
        }
        Assert.AreEqual(images.Mean, metrics.MeanImageIoU);
        Assert.AreEqual(images.Bootstrap(50, 4), metrics.MeanIoUInterval);
        double? expectedError = calibration.Value;
        Assert.AreEqual(expectedError, metrics.ExpectedCalibrationError);
        CollectionAssert.AreEqual(boundaryIoU.PerClass.ToArray(), metrics.PerClass.Select(one => one.BoundaryIoU).ToArray());
        CollectionAssert.AreEqual(boundaryF1.PerClass.ToArray(), metrics.PerClass.Select(one => one.BoundaryF1).ToArray());
        Assert.AreEqual(boundaryIoU.PerClass.Average(), metrics.BoundaryIoU);
        Assert.IsGreaterThan(0, metrics.ExpectedCalibrationError!.Value);
        foreach (string word in new[] { "boundary IoU", "boundary F1", "95 % interval", "mean IoU of an image",
            "calibration error" })
            StringAssert.Contains(metrics.ToString(), word);
    }

    [TestMethod]
    public void Evaluate_BoundariesOfMasksWithDimensions_NeedNoImage()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(
            [new SizedKeyRow { Label = [1, 1, 2, 2, 1, 1], PredictedLabel = [1, 1, 2, 2, 1, 1] }]);
        SegmentationMetrics metrics = _ml.Segmentation.Evaluate(
            data, options: new SegmentationEvaluationOptions { Boundaries = true });
        Assert.AreEqual(1.0, metrics.BoundaryIoU);
        Assert.AreEqual(1.0, metrics.BoundaryF1);
    }

    [TestMethod]
    public void Evaluate_BoundariesWithoutWidth_NamesTheImageColumn()
    {
        IDataView data = Keys(new KeyRow { Label = [1, 1], PredictedLabel = [1, 1] });
        var options = new SegmentationEvaluationOptions { Boundaries = true, ImageColumnName = "Photo" };
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Segmentation.Evaluate(data, options: options)).Message,
            "Photo");
    }

    [TestMethod]
    public void Evaluate_MasksOfOtherSize_NamesRowAndSizes()
    {
        IDataView data = Keys(
            new KeyRow { Label = [1, 1], PredictedLabel = [1, 1] }, new KeyRow { Label = [1, 1, 1], PredictedLabel = [1] });

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Segmentation.Evaluate(data)).Message;

        StringAssert.Contains(message, "Row 1");
        StringAssert.Contains(message, "3 pixels");
    }

    [TestMethod]
    public void Evaluate_ClassesInAnotherOrder_NamesBoth()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(
            () => _ml.Segmentation.Evaluate(Score(["bluish", "greenish", "reddish"]), "Label", "Mask")).Message;

        StringAssert.Contains(message, "bluish, greenish, reddish");
        StringAssert.Contains(message, "reddish, greenish, bluish");
    }

    [TestMethod]
    public void Evaluate_ColumnIsNoMask_NamesIt() => StringAssert.Contains(
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Segmentation.Evaluate(Score(["reddish", "greenish", "bluish"]), "Name", "Mask")).Message, "'Name'");

    [TestMethod]
    public void StockPipeline_InProcessOfMlNetAlone_GivesTheMaskOfSegmentImage()
    {
        string onnx = Model(), zip = _folder.FileNamed("stock.zip");
        string[] files = [.. Enumerable.Range(0, TestFolder.Sizes.Length).Select(_folder.ImageFile)];
        IDataView data = _ml.Data.LoadFromEnumerable(files.Select(path => new InputRow { ImagePath = path }));
        var images = _ml.Transforms.LoadImages("Image", "", "ImagePath");
        ITransformer stock = images.Append(_ml.Segmentation.StockPipeline("Mask", "Image", onnx, 16, 12)).Fit(data);
        ITransformer own = images.Append(
            _ml.Transforms.ResizeImages("Image", 16, 12, resizing: ImageResizingEstimator.ResizingKind.Fill))
            .Append(_ml.Transforms.SegmentImage("Mask", "Image", onnx)).Fit(data);
        _ml.Model.Save(stock, data.Schema, zip);

        string[] lines = HelperProcess.Run("StockOnly", [zip, .. files]);

        string[] expected = [.. own.Transform(data).GetColumn<uint[]>("Mask")
            .Select(mask => string.Join(' ', mask.Select(key => key.ToString(CultureInfo.InvariantCulture))))];
        CollectionAssert.AreEqual(expected, lines);
    }

    [TestMethod]
    public void StockPipeline_Mask_HasClassNames()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new InputRow { ImagePath = _folder.ImageFile(0) }]);

        DataViewSchema schema = _ml.Transforms.LoadImages("Image", "", "ImagePath")
            .Append(_ml.Segmentation.StockPipeline("Mask", "Image", Model(), 16, 12))
            .Fit(data).Transform(data).Schema;

        Assert.AreEqual(new VectorDataViewType(new KeyDataViewType(typeof(uint), 3)), schema["Mask"].Type);
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["Mask"].GetKeyValues(ref names);
        CollectionAssert.AreEqual(
            new[] { "reddish", "greenish", "bluish" }, names.DenseValues().Select(name => name.ToString()).ToArray());
        Assert.IsNull(schema.GetColumnOrNull("mask"));
    }

    [TestMethod]
    public void StockPipeline_SizeThatTheModelDoesNotTake_SaysWhich()
    {
        string onnx = Model(TestGraphs.BrightestChannel(metadata: TestGraphs.Described() with { SizeMultiple = 16 }));

        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => _ml.Segmentation.StockPipeline("Mask", "Image", onnx, 20, 16)).Message, "multiple of 16");
    }

    [TestMethod]
    public void StockPipeline_ForeignGraph_SaysWhatIsMissing() => StringAssert.Contains(
        Assert.ThrowsExactly<InvalidDataException>(
            () => _ml.Segmentation.StockPipeline("Mask", "Image", Model(TestGraphs.Foreign()), 16, 16)).Message, "pixel_values");

    private string Model(byte[]? onnx = null)
    {
        string path = _folder.FileNamed("model.onnx");
        File.WriteAllBytes(path, onnx ?? TestGraphs.BrightestChannel());
        return path;
    }

    private IDataView Score(string[] labelNames, SegmentImageOptions? options = null)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(InputRow.In(_folder.Path));
        return _ml.Transforms.ReadImages("Image", _folder.Images, "ImagePath")
            .Append(_ml.Transforms.ReadMasks("Label", _folder.Masks, labelNames, "MaskPath"))
            .Append(_ml.Transforms.SegmentImage("Mask", "Image", TestGraphs.BrightestChannel(), options))
            .Fit(data).Transform(data);
    }

    private IDataView Keys(params KeyRow[] rows) => _ml.Data.LoadFromEnumerable(rows);

    private sealed class KeyRow
    {
        [KeyType(2)]
        public uint[] Label { get; set; } = [];

        [KeyType(2)]
        public uint[] PredictedLabel { get; set; } = [];
    }

    private sealed class SizedKeyRow
    {
        [KeyType(2)]
        [VectorType(2, 3)]
        public uint[] Label { get; set; } = [];

        [KeyType(2)]
        public uint[] PredictedLabel { get; set; } = [];
    }
}
