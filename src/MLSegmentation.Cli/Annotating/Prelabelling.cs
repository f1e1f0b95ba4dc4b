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
        var (images, regions) = ProgressDisplay.Run("loading the model", isJson: false, progress =>
            Write(files, file => Segment(file, model, options, classes, cancellation), writer, progress, cancellation)
                .GetAwaiter().GetResult());
        if (images == 0)
        {
            throw new InvalidDataException(
                $"None of {Plural.Of(files.Count, "image")} in '{options.Images}' could be read or segmented. Replace what the "
                + "lines above name.");
        }
        writer.Complete();
        string skipped = images < files.Count ? $" Skipped {Plural.Of(files.Count - images, "image")}." : "";
        Console.WriteLine(
            $"Wrote {Plural.Of(regions, "region")} of {Plural.Of(images, "image")} to {options.Out} for {options.To.Name}."
            + skipped);
    }

    private static async Task<(int Images, int Regions)> Write(
        IReadOnlyList<ListedFile> files, Func<ListedFile, LabelledImage> segment, IAnnotationWriter writer,
        IProgress<ProgressStep> progress, CancellationToken cancellation)
    {
        (LabelledImage? Image, string Note) Try(ListedFile file)
        {
            try
            {
                return (segment(file), "");
            }
            catch (Exception error) when (BadImage.Is(error))
            {
                return (null, $"mlseg: skipped {PrintableText.Of(file.File)}: {ErrorReporting.OneLine(error.Message)}");
            }
        }
        int done = 0, images = 0, regions = 0;
        await foreach (var (image, note) in OrderedPipeline.RunAsync(
            files.ToAsyncEnumerable(), Try, Concurrency.ImagesAtOnce, cancellation))
        {
            if (image is null) await Console.Error.WriteLineAsync(note);
            else
            {
                regions += writer.Add(image);
                images++;
            }
            progress.Report(new ProgressStep((double)++done / files.Count, $"image {done} of {files.Count}"));
        }
        return (images, regions);
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
