namespace MLSegmentation.Cli;

/// <summary>Segments a folder of images: what is missing of the masks, then the files over all of them.</summary>
internal static class FolderSegmentation
{
    /// <summary>Runs it and says what was done.</summary>
    public static void Run(SegmentRequest request, CancellationToken cancellation)
    {
        MaskFiles[] files = [.. ImageFiles.List(request.Images, request.Split, request.Part, excluded: request.Folder).Select(image => MaskFiles.For(image, request.Folder, request.Formats))];
        MaskFiles.RequireDistinct(files);
        RequireFolderOfItsOwn(request);
        using SegmentationModel model = SegmentationModel.Load(request.Source, request.Scoring);
        if (request.Postprocessing.Background is int background && background >= model.ClassNames.Count)
            throw new UsageException($"'--background' is {background}, but the model has the classes 0 to {model.ClassNames.Count - 1}: {PrintableText.Join(model.ClassNames)}.");
        Directory.CreateDirectory(request.Folder);
        using var manifest = SegmentManifest.Open(request);
        MaskFiles[] missing = [.. files.Where(file => !manifest.IsDone(file))];
        foreach (MaskFiles file in missing.Where(file => request.Restarts || manifest.KnowsAnother(file))) file.Delete();
        foreach (string folder in missing.Select(file => Path.GetDirectoryName(file.MaskPath)!).Distinct()) Directory.CreateDirectory(folder);
        ProgressDisplay.Run("loading the model", isJson: false, progress =>
        {
            Segment(missing, new ImageSegmenter(model, request, cancellation), manifest, progress, cancellation).GetAwaiter().GetResult();
            return missing.Length;
        });
        MaskFiles[] good = [.. files.Where(file => !manifest.IsSkipped(file))];
        FolderFiles.Write(request, model, good, cancellation);
        Report(request, files.Length, missing.Length, good.Length);
    }

    // The next run would take the masks for images.
    private static void RequireFolderOfItsOwn(SegmentRequest request)
    {
        static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(request.Images) && FullPath(request.Images) == FullPath(request.Folder))
            throw new IOException($"The masks would lie among the images, in '{request.Folder}'. Give another folder with --out, which may be one in it.");
    }

    private static async Task Segment(
        MaskFiles[] files, ImageSegmenter segmenter, SegmentManifest manifest, IProgress<ProgressStep> progress, CancellationToken cancellation)
    {
        int done = 0;
        await foreach (ManifestEntry entry in OrderedPipeline.RunAsync(files.ToAsyncEnumerable(), segmenter.Segment, Concurrency.ImagesAtOnce, cancellation))
        {
            manifest.Add(entry);
            if (entry.Error is not null) await Console.Error.WriteLineAsync($"mlseg: skipped: {entry.Error}");
            progress.Report(new ProgressStep((double)++done / files.Length, $"image {done} of {files.Length}"));
        }
    }

    private static void Report(SegmentRequest request, int all, int written, int good)
    {
        string before = written < all ? $" ({all - written} of {Plural.Of(all, "image")} {(all - written == 1 ? "was" : "were")} done before)" : "";
        string skipped = good < all ? $" Skipped {Plural.Of(all - good, "image")}, which {SegmentManifest.FileName} lists." : "";
        Console.WriteLine($"Wrote {Plural.Of(good, "mask")} to {request.Folder}{before}.{skipped}");
    }
}
