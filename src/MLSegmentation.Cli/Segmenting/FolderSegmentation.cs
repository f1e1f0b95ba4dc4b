namespace MLSegmentation.Cli;

/// <summary>Segments a folder of images: what is missing of the masks, then the files over all of them.</summary>
internal static class FolderSegmentation
{
    /// <summary>Runs it and says what was done.</summary>
    public static void Run(SegmentOptions options, OnnxModelSource source, CancellationToken cancellation)
    {
        ImageFormat? overImage = options.ImageFormats.FirstOrDefault(format => format.NeedsImage);
        if (overImage is not null && options.Scoring.MaskSize == MaskSize.Network)
        {
            throw new UsageException(
                $"Option '--format {overImage.Name}' needs masks of their image's size, not '--mask-size network'.");
        }
        MaskFiles[] files =
        [
            .. ImageFiles.List(
                options.Images, options.Split, options.PartOr(CommonOptions.TestPart), excluded: options.Out)
                .Select(image => MaskFiles.For(image, options)),
        ];
        MaskFiles.RequireDistinct(files);
        RequireFolderOfItsOwn(options);
        using SegmentationModel model = SegmentationModel.Load(
            source, options.Scoring with { WithConfidence = options.ImageFormats.Any(format => format.NeedsConfidence) },
            ToolContext.Warn);
        ProviderReport.Print(options.Scoring, model.ExecutionProviderInUse);
        if (options.Postprocessing.Background is int background && background >= model.ClassNames.Count)
            throw new UsageException(
                $"'--background' is {background}, but the model has the classes 0 to {model.ClassNames.Count - 1}: "
                + $"{ClassText.Join(model.ClassNames)}.");
        Directory.CreateDirectory(options.Out);

        // Noted as what it comes to, as earlier versions did: 0, unless the model has one channel.
        int stated = source.Info.Metadata.MinRegionPixels;
        SegmentationModelOptions noted = options.Scoring with
        {
            Threshold = model.Options.Threshold ?? 0,
            MinRegionPixels = stated > 0 ? options.Scoring.MinRegionPixels ?? stated : null,
        };
        using var manifest = SegmentManifest.Open(options with { Scoring = noted });
        MaskFiles[] missing = [.. files.Where(file => !manifest.IsDone(file))];
        foreach (MaskFiles file in missing.Where(file => options.Restarts || manifest.KnowsAnother(file))) file.Delete();
        foreach (string folder in missing.Select(file => Path.GetDirectoryName(file.MaskPath)!).Distinct())
            Directory.CreateDirectory(folder);
        ProgressDisplay.Run("loading the model", isJson: false, progress =>
        {
            var segmenter = new ImageSegmenter(model, options, cancellation);
            Segment(missing, segmenter, manifest, progress, cancellation).GetAwaiter().GetResult();
            return missing.Length;
        });
        MaskFiles[] good = [.. files.Where(file => !manifest.IsSkipped(file))];
        FolderFiles.Write(options, model.ClassNames, good, cancellation);
        Report(options, files.Length, missing.Length, good.Length);
    }

    // The next run would take the masks for images.
    private static void RequireFolderOfItsOwn(SegmentOptions options)
    {
        static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(options.Images) && FullPath(options.Images) == FullPath(options.Out))
            throw new IOException(
                $"The masks would lie among the images, in '{options.Out}'. Give another folder with --out, which may be one in "
                + "it.");
    }

    private static async Task Segment(
        MaskFiles[] files, ImageSegmenter segmenter, SegmentManifest manifest, IProgress<ProgressStep> progress,
        CancellationToken cancellation)
    {
        int done = 0;
        await foreach (ManifestEntry entry in OrderedPipeline.RunAsync(
            files.ToAsyncEnumerable(), segmenter.Segment, Concurrency.ImagesAtOnce, cancellation))
        {
            manifest.Add(entry);
            if (entry.Error is not null)
                await Console.Error.WriteLineAsync($"mlseg: skipped {PrintableText.Of(entry.Image)}: {entry.Error}");
            progress.Report(new ProgressStep((double)++done / files.Length, $"image {done} of {files.Length}"));
        }
    }

    private static void Report(SegmentOptions options, int all, int written, int good)
    {
        string before = written < all
            ? $" ({all - written} of {Plural.Of(all, "image")} {(all - written == 1 ? "was" : "were")} done before)"
            : "";
        string skipped = good < all ? $" Skipped {Plural.Of(all - good, "image")}, which {SegmentManifest.FileName} lists." : "";
        Console.WriteLine($"Wrote {Plural.Of(good, "mask")} to {options.Out}{before}.{skipped}");
    }
}
