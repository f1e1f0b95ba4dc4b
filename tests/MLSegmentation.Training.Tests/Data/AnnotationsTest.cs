using Microsoft.ML;
using MLSegmentation.Tests;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class AnnotationsTest
{
    private const int Rows = 6;
    private static readonly SegmentationNetwork _network = SegmentationNetworks.Find("unet-compact");

    [TestMethod]
    public void Fit_AnnotationsOfTheSameMasks_GivesTheSameModelAndFigures()
    {
        string surfaces = Path.Combine(SharedData.Repository, "data", "surfaces");
        var context = new MLContext(1);
        IDataView rows = context.Data.TakeRows(
            context.Data.LoadSegmentationFolder(Path.Combine(surfaces, "images"), Path.Combine(surfaces, "masks")), Rows);
        IDataView masks = context.Transforms.ReadMasks("Label", null, ["background", "scratch", "pit", "stain"], "MaskPath")
            .Fit(rows).Transform(rows);
        IDataView annotations = context.Data.TakeRows(
            context.Data.LoadAnnotations(Path.Combine(surfaces, "annotations.json")), Rows);

        using SegmentImageTransformer first = Train(context, masks), second = Train(context, annotations);

        Assert.IsTrue(first.Model.Span.SequenceEqual(second.Model.Span));
        Assert.AreEqual(
            context.Segmentation.Evaluate(first.Transform(WithImages(context, masks))).MeanIoU,
            context.Segmentation.Evaluate(first.Transform(WithImages(context, annotations))).MeanIoU);
    }

    private static SegmentImageTransformer Train(MLContext context, IDataView labelled) =>
        context.Segmentation.Trainers.SegmentationNetwork(_network, new SegmentationTrainerOptions
        {
            ImageWidth = 64,
            ImageHeight = 64,
            Epochs = 1,
            Threads = 1,
        }).Fit(WithImages(context, labelled));

    private static IDataView WithImages(MLContext context, IDataView rows) =>
        context.Transforms.ReadImages("Image", imageFolder: null, "ImagePath").Fit(rows).Transform(rows);
}
