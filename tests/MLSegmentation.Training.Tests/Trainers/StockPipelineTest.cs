using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

/// <summary>The stock pipeline on a trained network, as the trainer exports it.</summary>
[TestClass]
public sealed class StockPipelineTest
{
    [TestMethod]
    public void StockPipeline_TrainedUNet_GivesTheMaskOfSegmentImage()
    {
        const int Width = 96, Height = 64;
        var context = new MLContext(1);
        IDataView rows = TrainingRow.View(context, 12);
        var options = new SegmentationTrainerOptions
        {
            Encoder = new CompactEncoder(),
            Epochs = 12,
            BatchSize = 2,
            WindowWidth = Width,
            WindowHeight = Height,
            LearningRate = 4e-3,
        };
        using SegmentImageTransformer model = context.Segmentation.Trainers.UNet(options).Fit(rows);
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(file, model.Model.ToArray());
        try
        {
            IDataView resized = context.Transforms.ResizeImages(
                "Image", Width, Height, "Image", Microsoft.ML.Transforms.Image.ImageResizingEstimator.ResizingKind.Fill)
                .Fit(rows).Transform(rows);
            IDataView stock = context.Segmentation.StockPipeline("Mask", "Image", file, Width, Height).Fit(rows).Transform(rows);
            IDataView ours = context.Transforms.SegmentImage(
                "Mask", "Image", file, new SegmentImageOptions { Sizing = ImageSizing.Native }).Fit(resized).Transform(resized);

            uint[][] expected = [.. ours.GetColumn<uint[]>("Mask")], actual = [.. stock.GetColumn<uint[]>("Mask")];

            Assert.HasCount(12, actual);
            Assert.IsTrue(expected.Zip(actual).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)));
            Assert.IsTrue(expected.Any(mask => mask.Contains(1u) && mask.Contains(2u)));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
