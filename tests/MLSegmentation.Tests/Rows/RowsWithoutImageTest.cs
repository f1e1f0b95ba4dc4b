using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Training;

namespace MLSegmentation.Tests;

/// <summary>A row without an image is the same error whatever reads it, and one that a bad image is.</summary>
[TestClass]
public sealed class RowsWithoutImageTest
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    [DataRow("segment")]
    [DataRow("reconstruct")]
    [DataRow("classify")]
    [DataRow("overlay")]
    [DataRow("postprocess")]
    [DataRow("polygons")]
    [DataRow("evaluate")]
    [DataRow("train")]
    public void NullImage_ReadByATransform_IsInvalidOperationThatNamesTheRow(string reader) => Check(Reader(reader));

    [TestMethod]
    public void EmptyPath_ReadByATransform_IsInvalidOperationThatNamesTheRow()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Row()]);

        Check(
            () => _ml.Transforms.ReadImages("Read", null, "Path").Fit(data).Transform(data).GetColumn<MLImage>("Read").ToArray());
        Check(() =>
            _ml.Transforms.ReadMasks("Read", null, ["a"], "Path").Fit(data).Transform(data).GetColumn<uint[]>("Read").ToArray());
        foreach (string kind in ImageModels.Kinds)
            Check(() => ImageModels.Fit(_ml, kind, data, "Path").Transform(data).Preview());
    }

    private static void Check(Action read)
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(read);

        StringAssert.Contains(error.Message, "Row 0");
        Assert.IsTrue(BadImage.Is(error));
    }

    private Action Reader(string name)
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Row()]);
        return name switch
        {
            "overlay" =>
                () => _ml.Transforms.OverlayMask("Drawn", "Mask", "Image")
                    .Fit(data).Transform(data).GetColumn<MLImage>("Drawn").ToArray(),
            "postprocess" =>
                () => _ml.Transforms.PostprocessMask("Clean", "Mask", new(), "Image")
                    .Fit(data).Transform(data).GetColumn<uint[]>("Clean").ToArray(),
            "polygons" =>
                () => _ml.Transforms.MaskToPolygons("Texts", "Mask", "Image")
                    .Fit(data).Transform(data).GetColumn<string[]>("Texts").ToArray(),
            "evaluate" =>
                () => _ml.Segmentation.Evaluate(
                    data, "Mask", "Mask", new SegmentationEvaluationOptions { Boundaries = true, ImageColumnName = "Image" }),
            "train" => () => Train(data),
            _ => () => ImageModels.Fit(_ml, name, data, "Image").Transform(data).Preview(),
        };
    }

    /// <summary>Reads the first row as a training does.</summary>
    private static void Train(IDataView data)
    {
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        Func<TrainingSample> read = new ReconstructionRowReader("Image", channels: 3, width: 8, height: 8).Open(cursor);
        cursor.MoveNext();
        read();
    }

    private sealed class Row
    {
        [KeyType(2)]
        public uint[] Mask { get; set; } = [1];

        [AnySizeImage]
        public MLImage? Image { get; set; }

        public string Path { get; set; } = "";
    }
}
