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
        var models = ReviewModels.Of(options.Model);
        ModelArgument first = ModelArgument.Find(models.Any);
        SegmentationModelOptions scoring = options.Scoring with { WithConfidence = true, MaskSize = MaskSize.Image };
        scoring = ModelClasses.Name(scoring, options.ClassFile, options.Ignore, first.Source.Info);
        using var model = SegmentationModel.Load(first.Source, scoring, ToolContext.Warn);
        var classes = new ClassList(model.ClassNames, null, null);
        using LabelledSet set = LabelledSet.OpenToCheck(options, null, classes, options.IsJson, cancellation);
        var (named, masks) = TrueMasks.Find(options, first.Source.Info.Metadata, model.ClassNames, set, cancellation);
        var reader = new MaskReader(null, named.Names, masks);
        DataSample[] samples =
            [.. set.Samples.Where(sample => sample.ImagePath is not null && (options.Part ?? sample.Part) == sample.Part)];
        string[] unlabelled = [.. Unlabelled(options, samples)];
        Directory.CreateDirectory(options.Out);
        Review review = ProgressDisplay.Run("loading the model", options.IsJson, progress =>
        {
            int done = 0, all = samples.Length + unlabelled.Length;
            void Report() => progress.Report(new ProgressStep((double)++done / all, $"image {done} of {all}"));
            List<ReviewedImage> reviewed = [];
            List<UnlabelledImage> valued = [];
            List<(string, string)> faults = [.. set.Findings.Where(one => one.Severity == FindingSeverity.Error)
                .Select(one => (one.File!, one.Found))];
            foreach (var (file, judged) in models.Judges(samples.Where(sample => sample.MaskPath is not null)))
            {
                using var judge = SegmentationModel.Load(ModelArgument.Find(file).Source, scoring, ToolContext.Warn);
                foreach (DataSample sample in judged)
                {
                    try
                    {
                        reviewed.Add(Judge(judge, sample, reader, options.MinRegionPixels, cancellation));
                    }
                    catch (Exception error) when (BadImage.IsUnreadable(error))
                    {
                        faults.Add((sample.ImagePath!, error.Message));
                    }
                    Report();
                }
            }
            foreach (string path in unlabelled)
            {
                try
                {
                    valued.Add(Value(model, path, cancellation));
                }
                catch (Exception error) when (BadImage.IsUnreadable(error))
                {
                    faults.Add((path, error.Message));
                }
                Report();
            }
            return new Review(
                model.ClassNames, model.Palette, [.. reviewed.OrderByDescending(one => one.Score)],
                [.. valued.OrderByDescending(one => one.Value.Score)], faults);
        });
        ReviewFiles.Write(options.Out, review);
        ReviewReport.Print(options, review);
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

    private static ReviewedImage Judge(
        SegmentationModel model, DataSample sample, MaskReader reader, int leastPixels, CancellationToken cancellation)
    {
        SegmentationResult result = model.Segment(sample.ImagePath!, cancellation);
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
