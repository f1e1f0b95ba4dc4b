using Microsoft.ML;
using MLSegmentation.Catalog;
using MLSegmentation.Cli.Display;
using MLSegmentation.Cli.Inputs;
using MLSegmentation.Images;
using MLSegmentation.Metrics;
using MLSegmentation.Onnx;
using MLSegmentation.Transforms;
using MLSegmentation.Wording;

namespace MLSegmentation.Cli.Commands;

/// <summary>Measures a segmentation model against masks.</summary>
internal static class SegmentationEvaluation
{
    public static void Run(EvaluationRequest request, OnnxModelInfo info, CancellationToken cancellation)
    {
        if (request.Masks is null) throw new UsageException($"The model '{request.Model}' segments, so '--masks' is needed: the folder of the true masks.");
        if (request.Matrix is { } file) AtomicFile.Prepare(file);
        var context = new MLContext();
        IReadOnlyList<SegmentationFolderRow> rows = LabelledImages.Find(context, request.Images, request.Masks, request.Split, request.Part, request.MaskSuffix);
        var (metrics, pictures) = ProgressDisplay.Run("loading the model", request.IsJson, progress => Evaluate(context, request, info, rows, progress, cancellation));
        if (request.Matrix is { } matrix) ConfusionMatrixFile.Write(matrix, metrics.ConfusionMatrix, [.. metrics.PerClass.Select(one => one.Name)]);
        if (request.IsJson) JsonOutput.Write(new Dictionary<string, object?>(MetricsReport.ToJson(metrics)) { ["images"] = rows.Count, ["pictures"] = pictures?.Select(ToJson) });
        else
        {
            Console.WriteLine($"{metrics}{Environment.NewLine}{"images",-24}{rows.Count,6}");
            foreach (WrittenPicture picture in pictures ?? []) Console.WriteLine($"{picture.Rank,-8}mean IoU {picture.MeanIoU:F4}  {picture.Image}  drawn in {picture.File}");
        }
    }

    private static object ToJson(WrittenPicture picture) => new { rank = picture.Rank, image = picture.Image, meanIoU = picture.MeanIoU, file = picture.File };

    private static (SegmentationMetrics Metrics, IReadOnlyList<WrittenPicture>? Pictures) Evaluate(
        MLContext context, EvaluationRequest request, OnnxModelInfo info, IReadOnlyList<SegmentationFolderRow> rows, IProgress<ProgressStep> progress,
        CancellationToken cancellation)
    {
        IDataView Files(IReadOnlyList<SegmentationFolderRow> some) =>
            context.Data.LoadFromEnumerable(new WatchedRows<SegmentationFolderRow>(some, progress, cancellation));
        IDataView files = Files(rows);
        string? confidence = request.Calibration ? "Confidence" : null;
        var scoring = request.Scoring with { ConfidenceColumnName = confidence };
        using SegmentImageTransformer model = new SegmentImageEstimator("PredictedLabel", "Image", request.Source, scoring).Fit(Images(context, files));
        ClassList trained = new(model.Options.ClassNames!, info.Metadata.Palette.Count > 0 ? info.Metadata.Palette : null, info.Metadata.IgnoreColour);
        ClassList classes = request.Classes is { } file ? ClassFile.Read(file, request.Ignore ?? info.Metadata.IgnoreLabel) : trained;
        if (!classes.Names.SequenceEqual(trained.Names))
        {
            throw new InvalidDataException(
                $"The file '{request.Classes}' names the classes {PrintableText.Join(classes.Names)}, expected the model's: {PrintableText.Join(trained.Names)}.");
        }
        ReadMasksOptions masks = MaskFormat.OptionsFor(rows.Select(row => row.MaskPath), classes, request.Ignore ?? info.Metadata.IgnoreLabel);
        ReadMasksTransformer reader = context.Transforms.ReadMasks("Label", nameof(SegmentationFolderRow.MaskPath), null, classes.Names, masks).Fit(files);
        IDataView Scored(IReadOnlyList<SegmentationFolderRow> some) => model.Transform(reader.Transform(Images(context, Files(some))));
        try
        {
            SegmentationMetrics metrics = context.Segmentation().Evaluate(Scored(rows), options: new SegmentationEvaluationOptions
            {
                Boundaries = request.Boundaries,
                ConfidenceColumnName = confidence,
                BootstrapResamples = request.Resamples,
            });
            return (metrics, request.Pictures is { } folder ? EvaluationPictures.Write(folder, rows, Scored, model.Options) : null);
        }
        catch (InvalidOperationException error) when (error.Data[MaskEvaluator.RowOfError] is long row)
        {
            SegmentationFolderRow wrong = rows[(int)row];
            throw new InvalidDataException($"The image '{wrong.ImagePath}' does not go with its mask '{wrong.MaskPath}': {error.Message}", error);
        }
    }

    private static IDataView Images(MLContext context, IDataView files) =>
        context.Transforms.ReadImages("Image", nameof(SegmentationFolderRow.ImagePath)).Fit(files).Transform(files);
}
