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
        SegmentationMetrics metrics = ProgressDisplay.Run("loading the model", request.IsJson, progress =>
            Evaluate(context, request, info, rows, new WatchedRows<SegmentationFolderRow>(rows, progress, cancellation)));
        if (request.Matrix is { } matrix) ConfusionMatrixFile.Write(matrix, metrics.ConfusionMatrix, [.. metrics.PerClass.Select(one => one.Name)]);
        if (request.IsJson) JsonOutput.Write(new Dictionary<string, object?>(MetricsReport.ToJson(metrics)) { ["images"] = rows.Count });
        else Console.WriteLine($"{metrics}{Environment.NewLine}{"images",-24}{rows.Count,6}");
    }

    private static SegmentationMetrics Evaluate(
        MLContext context, EvaluationRequest request, OnnxModelInfo info, IReadOnlyList<SegmentationFolderRow> rows, WatchedRows<SegmentationFolderRow> watched)
    {
        IDataView files = context.Data.LoadFromEnumerable(watched);
        string? confidence = request.Calibration ? "Confidence" : null;
        var scoring = request.Scoring with { ConfidenceColumnName = confidence };
        using SegmentImageTransformer model = context.Transforms.SegmentImage("PredictedLabel", "Image", request.Model, scoring).Fit(Images(context, files));
        ClassList trained = new(model.Options.ClassNames!, info.Metadata.Palette.Count > 0 ? info.Metadata.Palette : null, info.Metadata.IgnoreColour);
        ClassList classes = request.Classes is { } file ? ClassFile.Read(file, request.Ignore ?? info.Metadata.IgnoreLabel) : trained;
        if (!classes.Names.SequenceEqual(trained.Names))
        {
            throw new InvalidDataException(
                $"The file '{request.Classes}' names the classes {PrintableText.Join(classes.Names)}, expected the model's: {PrintableText.Join(trained.Names)}.");
        }
        ReadMasksOptions masks = MaskFormat.OptionsFor(rows.Select(row => row.MaskPath), classes, request.Ignore ?? info.Metadata.IgnoreLabel);
        IDataView labelled = context.Transforms.ReadMasks("Label", nameof(SegmentationFolderRow.MaskPath), null, classes.Names, masks)
            .Fit(files).Transform(Images(context, files));
        try
        {
            IDataView scored = model.Transform(labelled);
            SegmentationMetrics metrics = context.Segmentation().Evaluate(scored, options: new SegmentationEvaluationOptions
            {
                Boundaries = request.Boundaries,
                ConfidenceColumnName = confidence,
                BootstrapResamples = request.Resamples,
            });
            if (request.Pictures is { } folder) EvaluationPictures.Write(folder, scored, model.Options);
            return metrics;
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
