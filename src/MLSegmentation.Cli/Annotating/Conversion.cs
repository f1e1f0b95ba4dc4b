namespace MLSegmentation.Cli;

/// <summary>Reads the labels of images in one format and writes them in another, image by image.</summary>
internal static class Conversion
{
    /// <summary>Runs it.</summary>
    /// <returns>What became of the labels.</returns>
    public static ConversionReport Run(ConvertOptions options, CancellationToken cancellation)
    {
        if (options.Form is { } form && !options.To.Forms.Contains(form))
        {
            throw new UsageException(
                $"'--shape' does not fit '--to {options.To.Name}', which has "
                + $"{(options.To.Forms.Count == 0 ? "a mask for each image" : "polygons alone")}. Leave it out.");
        }
        string? images = options.Images.Length > 0 ? options.Images : null;
        bool hasMasks = AreMasks(options);
        if (!hasMasks) RefuseOptionsOfMasks(options);
        IAnnotationReader reader = hasMasks
            ? MaskFolderReader.Open(options)
            : AnnotationFormat.Read(options.From, images, options.FromFormat);
        using IAnnotationWriter writer = options.To.Begin(options.Out, new AnnotationWriterOptions
        {
            // The first class of annotations is that of pixels in no region; of masks it may be any.
            Classes = hasMasks
                ? WrittenClasses.Of(reader.ClassNames)
                : new WrittenClasses(reader.ClassNames, HasBackground: true),
            Form = options.Form ?? options.To.Forms.FirstOrDefault(),
            Tolerance = options.Tolerance,
        }, reader.Images.Select(image => new ListedFile(FileOf(image), image.Path)));
        return ProgressDisplay.Run("reading the labels", options.IsJson, progress =>
        {
            var report = new ConversionReport(options.To, options.Out);
            foreach (var (index, image) in reader.Images.Index())
            {
                cancellation.ThrowIfCancellationRequested();
                progress.Report(
                    new ProgressStep((double)index / reader.Images.Count, $"image {index + 1} of {reader.Images.Count}"));
                report = Convert(reader, image, writer, report);
            }
            writer.Complete();
            return report;
        });
    }

    private static ConversionReport Convert(
        IAnnotationReader reader, AnnotatedImage image, IAnnotationWriter writer, ConversionReport report)
    {
        List<AnnotatedRegion> regions = [];
        MaskCanvas mask = AnnotationMasks.Paint(reader, image, regions: regions);
        int written = writer.Add(new LabelledImage(FileOf(image), image.Path, mask.Keys, mask.Width, mask.Height));
        return report with
        {
            Images = report.Images + 1,
            RegionsRead = report.RegionsRead + regions.Count,
            RegionsWithoutArea = report.RegionsWithoutArea + regions.Count(region => region.Shape is null),
            CoveredPixels = report.CoveredPixels + mask.Covered,
            RegionsWritten = report.RegionsWritten + written,
            ImagesLeft = report.ImagesLeft + (report.Format.HasImages || !TemporaryFolder.Has(image.Path) ? 0 : 1),
            LostPixels = report.LostPixels + (report.Format.KeepsIgnored ? 0 : mask.Keys.Count(key => key == 0)),
        };
    }

    private static string FileOf(AnnotatedImage image) => image.Name + Path.GetExtension(image.Path);

    private static void RefuseOptionsOfMasks(ConvertOptions options)
    {
        string? given = options.ClassFile is not null ? "--classes" : options.Ignore is not null ? "--ignore" : null;
        if (given is null) return;
        throw new UsageException(
            $"'{given}' is for masks, but '{options.From}' has annotations. Leave it out, or give '--from-format "
            + $"{ConvertGroup.Masks}' where masks are meant.");
    }

    /// <summary>Whether a folder is one of masks: one that has nothing of an annotation tool.</summary>
    private static bool AreMasks(ConvertOptions options) => options.FromFormat is { } name
        ? name == ConvertGroup.Masks
        : Directory.Exists(options.From) && AnnotationSearch.Find(options.From, AnnotationFormat.All) is null;
}
