using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace MLSegmentation.Cli;

/// <summary>Reviews labels with a model: ranks their regions, and images without one, and writes what it found.</summary>
internal static class DataReview
{
    /// <summary>Runs it, writes the files and prints what comes first.</summary>
    /// <exception cref="IOException">A folder or file is missing, or a file cannot be written.</exception>
    /// <exception cref="InvalidDataException">There are no images, or they and the model do not fit.</exception>
    public static void Run(ReviewOptions options, CancellationToken cancellation)
    {
        using ReviewModels models = ReviewModels.Open(options);
        var classes = new ClassList(models.First.ClassNames, null, null);
        using LabelledSet set = LabelledSet.OpenToCheck(options, null, classes, options.IsJson, cancellation);
        var (named, masks) = TrueMasks.Find(options, models.First.Info.Metadata, models.First.ClassNames, set, cancellation);
        var reader = new MaskReader(null, named.Names, masks);
        DataSample[] samples =
            [.. set.Samples.Where(sample => sample.ImagePath is not null && (options.Part ?? sample.Part) == sample.Part)];
        ReviewFolder.Prepare(options.Out);
        var (review, pages) = ProgressDisplay.Run("looking at the images", options.IsJson, progress =>
        {
            Review found = Find(options, models, set, samples, reader, progress, cancellation);
            IReadOnlyList<string> pages = new ReviewPages(models, reader, cancellation).Write(
                options.Out, found, options.Drawn, page => progress.Report(new ProgressStep(1, $"drew {page}")));
            ReviewFiles.Write(options.Out, found, pages);
            return (found, pages);
        });
        ReviewReport.Print(options, review, pages);
    }

    private static Review Find(
        ReviewOptions options, ReviewModels models, LabelledSet set, DataSample[] samples, MaskReader reader,
        IProgress<ProgressStep> progress, CancellationToken cancellation)
    {
        (string Path, string Fault)[] broken =
        [
            .. set.Findings.Where(one => one.Severity == FindingSeverity.Error)
                .Select(one => (one.File ?? options.Annotations!, one.Found)),
        ];
        string[] unlabelled = [.. Unlabelled(options, samples).Except(broken.Select(one => one.Path))];
        DataSample[] labelled = [.. samples.Where(sample => sample.MaskPath is not null)];
        List<ReviewedImage> reviewed = [];
        List<UnlabelledImage> valued = [];
        List<(string, string)> faults = [.. broken];
        int done = 0, all = labelled.Length + unlabelled.Length;
        void Try(string path, Action look)
        {
            try
            {
                look();
            }
            catch (Exception error) when (BadImage.IsUnreadable(error))
            {
                faults.Add((path, error.Message));
            }
            progress.Report(new ProgressStep((double)++done / all, $"image {done} of {all}"));
        }
        foreach (DataSample sample in labelled)
            Try(sample.ImagePath!, () => reviewed.Add(Review(models, sample, reader, options.MinRegionPixels, cancellation)));
        foreach (string path in unlabelled) Try(path, () => valued.Add(Value(models.First, path, cancellation)));
        if (reviewed.Count + valued.Count == 0)
        {
            throw new InvalidDataException(
                $"None of {Plural.Of(Math.Max(all, faults.Count), "image")} could be looked at: "
                + $"{faults.Select(one => one.Item2).FirstOrDefault("the split has none in this part")}");
        }
        return new Review(
            models.First.ClassNames, models.First.Palette, [.. reviewed.OrderByDescending(one => one.Score)],
            [.. valued.OrderByDescending(one => one.Value.Score)], faults);
    }

    /// <summary>Images of the folder that have no label.</summary>
    private static IEnumerable<string> Unlabelled(ReviewOptions options, DataSample[] samples)
    {
        if (options.Annotations is null) return samples.Where(one => one.MaskPath is null).Select(one => one.ImagePath!);
        if (options.Images.Length == 0 || options.Split is not null) return [];
        HashSet<string> labelled = [.. samples.Select(sample => Path.GetFullPath(sample.ImagePath!))];
        return SegmentationFolder.Images(options.Images, null).Values.Order(StringComparer.Ordinal)
            .Where(image => !labelled.Contains(Path.GetFullPath(image)));
    }

    private static ReviewedImage Review(
        ReviewModels models, DataSample sample, MaskReader reader, int leastPixels, CancellationToken cancellation)
    {
        SegmentationResult result = models.Judge(sample, cancellation);
        uint[] label = reader.Read(sample.MaskPath!);
        if (label.Length != result.Mask.Length)
        {
            throw new InvalidDataException(
                $"The mask has {label.Length} pixels, the image {result.Width}x{result.Height}. 'mlseg check' shows all such.");
        }
        var (suspects, regions) = LabelReview.Find(
            label, result.Mask.Span, result.Confidence.Span, result.Width, result.Height, leastPixels);
        return new ReviewedImage(sample, regions, suspects);
    }

    private static UnlabelledImage Value(SegmentationModel model, string path, CancellationToken cancellation)
    {
        using MLImage image = ImageDecoder.Decode(path, model.Options.SampleRange);
        using MLImage mirrored = MLImage.CreateFromPixels(image.Width, image.Height, image.PixelFormat, Mirrored(image));
        SegmentationResult result = model.Segment(image, cancellation);
        return new UnlabelledImage(path, TeachingValue.Of(
            result.Mask.Span, result.Confidence.Span, model.Segment(mirrored, cancellation).Mask.Span, result.Width));
    }

    private static byte[] Mirrored(MLImage image)
    {
        byte[] pixels = image.Pixels.ToArray();
        Span<uint> all = MemoryMarshal.Cast<byte, uint>(pixels.AsSpan());
        for (int y = 0; y < image.Height; y++) all.Slice(y * image.Width, image.Width).Reverse();
        return pixels;
    }
}
