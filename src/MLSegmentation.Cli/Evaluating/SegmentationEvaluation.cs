using Microsoft.ML;

namespace MLSegmentation.Cli;

/// <summary>Measures a segmentation model against masks.</summary>
internal static class SegmentationEvaluation
{
    /// <summary>Measures, and prints what was found.</summary>
    /// <param name="options">What is measured.</param>
    /// <param name="source">The model.</param>
    /// <param name="seen">How it sees images.</param>
    /// <param name="cancellation">Stops it.</param>
    public static void Run(
        EvaluateOptions options, OnnxModelSource source, SegmentImageOptions seen, CancellationToken cancellation)
    {
        if (!options.HasLabels)
        {
            throw new UsageException(
                $"The model '{options.Model}' segments, so '--masks' or '--annotations' is needed: what the images truly show.");
        }
        if (options.Matrix is { } file) AtomicFile.Prepare(file);
        using LabelledSet set = LabelledSet.Open(
            options, options.PartOr(CommonOptions.TestPart), seen.ClassNames ?? source.Info.Metadata.ClassNames, options.IsJson,
            cancellation);
        Evaluation found = ProgressDisplay.Run(
            "loading the model", options.IsJson, progress => Evaluate(options, source, seen, set, progress, cancellation));
        if (options.Matrix is { } matrix)
            ConfusionMatrixFile.Write(matrix, found.Metrics.ConfusionMatrix, [.. found.Metrics.PerClass.Select(one => one.Name)]);
        ProviderReport.Print(seen, found.Provider);
        Print(found, options, set.Samples.Count);
    }

    private static void Print(Evaluation found, EvaluateOptions options, int images)
    {
        if (options.IsJson)
        {
            JsonOutput.Write(new Dictionary<string, object?>(MetricsReport.ToJson(found.Metrics))
            {
                ["images"] = images,
                ["maskThreshold"] = found.Threshold,
                ["masksReadByColour"] = found.ContradictingMasks,
                ["executionProvider"] = DeviceChoice.NameOf(found.Provider),
                ["pictures"] = found.Pictures?.Select(ToJson),
            });
            return;
        }
        Console.WriteLine($"{found.Metrics}{Environment.NewLine}{"images",-24}{images,6}");
        foreach (WrittenPicture picture in found.Pictures ?? [])
            Console.WriteLine($"{picture.Rank,-8}mean IoU {picture.MeanIoU:F4}  {picture.Image}  drawn in {picture.File}");
        if (options.MaskThreshold is null && found.Threshold is { } threshold)
            Console.WriteLine($"The masks are black and white, and were read by --mask-threshold {threshold}.");
        if (found.ContradictingMasks > 0)
        {
            Console.WriteLine(
                $"{Plural.Of(found.ContradictingMasks, "mask")} had a palette that numbers the colours otherwise than the "
                + "classes are numbered, and was read by colours.");
        }
    }

    /// <summary>Scores each image once, and measures.</summary>
    internal static Evaluation Evaluate(
        EvaluateOptions options, OnnxModelSource source, SegmentImageOptions seen, LabelledSet set,
        IProgress<ProgressStep> progress, CancellationToken cancellation)
    {
        IReadOnlyList<SegmentationFolderRow> rows = set.Rows;
        var context = ToolContext.Create();
        ImageModelMetadata metadata = source.Info.Metadata;
        SampleRange? range = seen.SampleRange ?? metadata.SampleRange;
        string? confidence = options.Calibration ? "Confidence" : null;
        IDataView files = context.Data.LoadFromEnumerable(new WatchedRows<SegmentationFolderRow>(rows, progress, cancellation));
        IDataView images = context.Transforms.ReadImages("Image", null, nameof(SegmentationFolderRow.ImagePath), range)
            .Fit(files).Transform(files);
        using SegmentImageTransformer model =
            new SegmentImageEstimator(
                context, "PredictedLabel", "Image", source, seen with { ConfidenceColumnName = confidence }).Fit(images);
        IReadOnlyList<string> names = model.Options.ClassNames!;
        if (options.Matrix is not null && names.Distinct().Count() < names.Count)
            throw new UsageException(
                $"'--matrix' needs a name of its own for each class, but the model's are {ClassText.Join(names)}.");
        (ClassList classes, ReadMasksOptions masks) = TrueMasks.Find(options, metadata, names, set, cancellation);
        ReadMasksTransformer reader =
            context.Transforms.ReadMasks("Label", null, classes.Names, nameof(SegmentationFolderRow.MaskPath), masks).Fit(images);
        using EvaluationPictures? pictures = options.Pictures is { } folder
            ? EvaluationPictures.Begin(folder, names, model.Options.Palette!)
            : null;
        IDataView scored = model.Transform(reader.Transform(images));
        var evaluator = new MaskEvaluator(scored, "Label", "PredictedLabel", new SegmentationEvaluationOptions
        {
            Boundaries = options.Boundaries,
            ConfidenceColumnName = confidence,
            BootstrapResamples = options.Resamples,
        });
        try
        {
            SegmentationMetrics metrics = evaluator.Evaluate(pictures is null ? null : pictures.Add);
            return new Evaluation(metrics, pictures?.Write(rows, range), masks.Threshold, reader.ContradictingMasks, model.Runs,
                model.ExecutionProviderInUse!.Value);
        }
        catch (InvalidOperationException error) when (error.Data[MaskEvaluator.RowOfError] is long row)
        {
            SegmentationFolderRow wrong = rows[(int)row];
            throw new InvalidDataException(
                $"The image '{wrong.ImagePath}' does not go with its mask '{wrong.MaskPath}': {error.Message}", error);
        }
    }

    private static object ToJson(WrittenPicture picture) =>
        new { rank = picture.Rank, image = picture.Image, meanIoU = picture.MeanIoU, file = picture.File };
}
