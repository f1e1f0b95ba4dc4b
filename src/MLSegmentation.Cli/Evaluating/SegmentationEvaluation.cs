using Microsoft.ML;

namespace MLSegmentation.Cli;

/// <summary>Measures a segmentation model against masks.</summary>
internal static class SegmentationEvaluation
{
    public static void Run(EvaluateOptions options, OnnxModelSource source, OnnxModelInfo info, SegmentImageOptions seen, CancellationToken cancellation)
    {
        if (options.Masks is null) throw new UsageException($"The model '{options.Model}' segments, so '--masks' is needed: the folder of the true masks.");
        if (options.Matrix is { } file) AtomicFile.Prepare(file);
        var context = new MLContext();
        IReadOnlyList<SegmentationFolderRow> rows = LabelledImages.Find(context, options, options.PartOr(CommonOptions.TestPart));
        Evaluation found = ProgressDisplay.Run("loading the model", options.IsJson, progress => Evaluate(context, options, source, info, seen, rows, progress, cancellation));
        if (options.Matrix is { } matrix) ConfusionMatrixFile.Write(matrix, found.Metrics.ConfusionMatrix, [.. found.Metrics.PerClass.Select(one => one.Name)]);
        if (options.IsJson)
        {
            JsonOutput.Write(new Dictionary<string, object?>(MetricsReport.ToJson(found.Metrics))
            {
                ["images"] = rows.Count,
                ["maskThreshold"] = found.Threshold,
                ["masksReadByColour"] = found.ContradictingMasks,
                ["pictures"] = found.Pictures?.Select(ToJson),
            });
            return;
        }
        Console.WriteLine($"{found.Metrics}{Environment.NewLine}{"images",-24}{rows.Count,6}");
        foreach (WrittenPicture picture in found.Pictures ?? [])
            Console.WriteLine($"{picture.Rank,-8}mean IoU {picture.MeanIoU:F4}  {picture.Image}  drawn in {picture.File}");
        if (options.MaskThreshold is null && found.Threshold is { } threshold)
            Console.WriteLine($"The masks are black and white, and were read by --mask-threshold {threshold}.");
        if (found.ContradictingMasks > 0)
            Console.WriteLine($"{Plural.Of(found.ContradictingMasks, "mask")} had a palette that numbers the colours otherwise than the classes are numbered, and was read by colours.");
    }

    private static object ToJson(WrittenPicture picture) => new { rank = picture.Rank, image = picture.Image, meanIoU = picture.MeanIoU, file = picture.File };

    private static Evaluation Evaluate(
        MLContext context, EvaluateOptions options, OnnxModelSource source, OnnxModelInfo info, SegmentImageOptions seen,
        IReadOnlyList<SegmentationFolderRow> rows, IProgress<ProgressStep> progress, CancellationToken cancellation)
    {
        IDataView Files(IReadOnlyList<SegmentationFolderRow> some) =>
            context.Data.LoadFromEnumerable(new WatchedRows<SegmentationFolderRow>(some, progress, cancellation));
        string? confidence = options.Calibration ? "Confidence" : null;
        SampleRange? range = seen.SampleRange ?? info.Metadata.SampleRange;
        var scoring = seen with { ConfidenceColumnName = confidence };
        using SegmentImageTransformer model = new SegmentImageEstimator(context, "PredictedLabel", "Image", source, scoring).Fit(Images(context, Files(rows), range));
        string[] files = [.. rows.Select(row => row.MaskPath)];
        IEnumerable<string> stoppable = files.Select(file =>
        {
            cancellation.ThrowIfCancellationRequested();
            return file;
        });
        if (options.Matrix is not null && model.Options.ClassNames!.Distinct().Count() < model.Options.ClassNames!.Count)
            throw new UsageException($"'--matrix' needs a name of its own for each class, but the model's are {PrintableText.Join(model.Options.ClassNames!)}.");
        ClassList classes = Classes(options, info.Metadata, model.Options.ClassNames!, files);
        ReadMasksOptions masks = BlackAndWhite.Adjust(
            stoppable, classes.Names, MaskFormat.OptionsFor(classes, options.Ignore ?? info.Metadata.IgnoreLabel, options.MaskThreshold));
        ReadMasksTransformer reader = context.Transforms.ReadMasks("Label", null, classes.Names, nameof(SegmentationFolderRow.MaskPath), masks).Fit(Files(rows));
        IDataView Scored(IReadOnlyList<SegmentationFolderRow> some) => model.Transform(reader.Transform(Images(context, Files(some), range)));
        try
        {
            SegmentationMetrics metrics = context.Segmentation.Evaluate(Scored(rows), options: new SegmentationEvaluationOptions
            {
                Boundaries = options.Boundaries,
                ConfidenceColumnName = confidence,
                BootstrapResamples = options.Resamples,
            });
            return new Evaluation(
                metrics, options.Pictures is { } folder ? EvaluationPictures.Write(folder, rows, Scored, model.Options) : null, masks.Threshold, reader.ContradictingMasks);
        }
        catch (InvalidOperationException error) when (error.Data[MaskEvaluator.RowOfError] is long row)
        {
            SegmentationFolderRow wrong = rows[(int)row];
            throw new InvalidDataException($"The image '{wrong.ImagePath}' does not go with its mask '{wrong.MaskPath}': {error.Message}", error);
        }
    }

    /// <summary>The classes of the file, which have to be the model's, or else the model's.</summary>
    private static ClassList Classes(EvaluateOptions options, ImageModelMetadata metadata, IReadOnlyList<string> names, IReadOnlyList<string> masks)
    {
        if (options.ClassFile is not { } file) return new ClassList(names, KnownColours(metadata, masks), metadata.IgnoreColour);
        ClassList classes = ClassFile.Read(file, options.Ignore ?? metadata.IgnoreLabel);
        return classes.Names.SequenceEqual(names) ? classes : throw new InvalidDataException(
            $"The file '{file}' names the classes {PrintableText.Join(classes.Names)}, expected the model's: {PrintableText.Join(names)}.");
    }

    /// <summary>The colours that masks have, as far as the model knows them. An older one does not say whether its palette was given, but for colour masks it was.</summary>
    private static IReadOnlyList<Rgb>? KnownColours(ImageModelMetadata metadata, IReadOnlyList<string> masks)
    {
        IReadOnlyList<Rgb> palette = metadata.Palette;
        bool areKnown = palette.Count > 0 && (metadata.HasGivenPalette || !palette.SequenceEqual(Palette.Voc(palette.Count))
            || masks.Select(MaskImageReader.TryReadKind).FirstOrDefault(kind => kind is not null) == MaskColours.Rgb);
        return areKnown ? palette : null;
    }

    private static IDataView Images(MLContext context, IDataView files, SampleRange? range) =>
        context.Transforms.ReadImages("Image", null, nameof(SegmentationFolderRow.ImagePath), range).Fit(files).Transform(files);

    /// <summary>What an evaluation came to, and how it read the masks.</summary>
    private sealed record Evaluation(SegmentationMetrics Metrics, IReadOnlyList<WrittenPicture>? Pictures, int? Threshold, int ContradictingMasks);
}
