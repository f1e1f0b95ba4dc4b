using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class PaintedMasksTest
{
    private const string Text = """
        {
          "images": [
            { "id": 1, "file_name": "a.png", "width": 5, "height": 4 }, { "id": 2, "file_name": "b.png", "width": 5, "height": 4 }
          ],
          "categories": [{ "id": 1, "name": "pit" }, { "id": 2, "name": "scratch" }],
          "annotations": [
            { "id": 1, "image_id": 1, "category_id": 1, "segmentation": [[0, 0, 3, 0, 3, 2, 0, 2]] },
            { "id": 2, "image_id": 1, "category_id": 2, "segmentation": [[2, 1, 5, 1, 5, 4, 2, 4]] },
            { "id": 3, "image_id": 2, "category_id": 2, "segmentation": { "size": [3, 9], "counts": [27] } }
          ]
        }
        """;

    [TestMethod]
    public void Paint_Files_HoldTheMasksThatRowsHaveAndGoAwayInTheEnd()
    {
        using AnnotationFolder folder = Folder();
        IAnnotationReader reader = folder.Open("a.json");
        AnnotatedImage image = reader.Images[0];
        string path;
        using (PaintedMasks masks = Paint(reader, image))
        {
            path = masks.Samples.Single().MaskPath!;
            Assert.AreSequenceEqual(
                new MLContext().Data.LoadAnnotations(folder["a.json"]).GetColumn<uint[]>("Label").First(),
                LabelImageReader.Read(path).Values.Select(value => value + 1u));
        }
        Assert.IsFalse(Directory.Exists(Path.GetDirectoryName(path)));
    }

    [TestMethod]
    public void Paint_Overlap_IsReportedOnceWithTheNumberOfCoveredPixels()
    {
        using AnnotationFolder folder = Folder();
        IAnnotationReader reader = folder.Open("a.json");
        using PaintedMasks masks = Paint(reader, reader.Images[0]);

        DataFinding finding = masks.Findings.Single();
        Assert.AreEqual("regions-overlap", finding.Check);
        Assert.Contains("1 pixel are covered by a later one, 1 of them by one of another class", finding.Found);
    }

    [TestMethod]
    public void Paint_ImageWithAnError_IsCountedAndTheOthersArePainted()
    {
        using AnnotationFolder folder = Folder();
        IAnnotationReader reader = folder.Open("a.json");
        using PaintedMasks masks = Paint(reader, [.. reader.Images]);

        Assert.AreEqual(1, masks.Failures);
        Assert.AreEqual("a", masks.Samples.Single().Name);
        Assert.Contains("run lengths of 9x3 pixels", masks.Findings.Single(one => one.Severity == FindingSeverity.Error).Found);
    }

    private static AnnotationFolder Folder() =>
        new AnnotationFolder().WithImage("a.png", 5, 4).WithImage("b.png", 5, 4).WithText("a.json", Text);

    private static PaintedMasks Paint(IAnnotationReader reader, params AnnotatedImage[] images) => PaintedMasks.Paint(
        new MaskPainter(reader, [.. reader.ClassNames], ignoresUnlabelled: false), reader.ClassNames.Count,
        [.. images.Select(image => (image, (string?)null))], null, CancellationToken.None);
}
