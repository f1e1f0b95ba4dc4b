namespace MLSegmentation.Cli;

/// <summary>Writes what a model finds in images as outlines for people to correct.</summary>
internal static class Prelabelling
{
    /// <summary>Runs it and says what was done.</summary>
    public static void Run(PrelabelOptions options, OnnxModelSource source, CancellationToken cancellation)
    {
        IReadOnlyList<ListedFile> files = ImageFiles.List(options.Images);
        using SegmentationModel model = SegmentationModel.Load(
            source, options.Scoring with { WithConfidence = true, MaskSize = MaskSize.Image }, ToolContext.Warn);
        ProviderReport.Print(options.Scoring, model.ExecutionProviderInUse);
        WrittenClasses classes = WrittenClasses.Of(model.ClassNames);
        using IAnnotationWriter writer = options.To.Begin(options.Out, new AnnotationWriterOptions
        {
            Classes = classes,
            Form = RegionForm.Polygon,
            Tolerance = options.Tolerance,
            Model = Path.GetFileName(options.Model),
        }, files);
        int regions = ProgressDisplay.Run("loading the model", isJson: false, progress =>
            Write(files, file => Segment(file, model, options, classes, cancellation), writer, progress, cancellation)
                .GetAwaiter().GetResult());
        writer.Complete();
        Console.WriteLine(
            $"Wrote {Plural.Of(regions, "region")} of {Plural.Of(files.Count, "image")} to {options.Out} for {options.To.Name}.");
    }

    private static async Task<int> Write(
        IReadOnlyList<ListedFile> files, Func<ListedFile, LabelledImage> segment, IAnnotationWriter writer,
        IProgress<ProgressStep> progress, CancellationToken cancellation)
    {
        int done = 0, regions = 0;
        await foreach (LabelledImage image in OrderedPipeline.RunAsync(
            files.ToAsyncEnumerable(), segment, Concurrency.ImagesAtOnce, cancellation))
        {
            regions += writer.Add(image);
            progress.Report(new ProgressStep((double)++done / files.Count, $"image {done} of {files.Count}"));
        }
        return regions;
    }

    private static LabelledImage Segment(
        ListedFile file, SegmentationModel model, PrelabelOptions options, WrittenClasses classes, CancellationToken cancellation)
    {
        using LentScorer scorer = model.Rent();
        SegmentedImage result = scorer.Score(ImageSource.OfFile(file.Path), cancellation);
        uint[] keys = [.. result.Mask];
        if (classes.HasBackground) keys.AsSpan().Replace(0u, 1u);
        MaskPostprocessing.Apply(keys, result.Width, result.Height, new PostprocessMaskOptions
        {
            Background = classes.HasBackground ? 0 : null,
            MinRegionPixels = options.MinRegionPixels,
            // As regions are outlined.
            Connectivity = Connectivity.Four,
        });
        return new LabelledImage(file.File, file.Path, keys, result.Width, result.Height)
        {
            Confidence = [.. result.Confidence],
        };
    }
}
