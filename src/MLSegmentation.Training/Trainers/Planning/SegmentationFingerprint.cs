using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Training;

/// <summary>What a plan knows of labelled images: the numbers that its rules go by.</summary>
internal sealed record SegmentationFingerprint
{
    /// <summary>The part of a class's pixels that may lie in regions smaller than its <see cref="SmallestAcross"/>.</summary>
    public const double SmallPart = 0.05;

    /// <summary>The part of a class's pixels that lie in regions smaller than its <see cref="LargestAcross"/>.</summary>
    public const double LargePart = 0.5;

    private const int MostLooked = 256, LeastLooked = 8, LeastProbed = 5;
    private const long MostPixels = 100_000_000;

    /// <summary>Images to train on.</summary>
    public required int Images { get; init; }

    /// <summary>The median width and height.</summary>
    public required (int Width, int Height) Size { get; init; }

    /// <summary>The least and the largest area, in pixels.</summary>
    public required (long Least, long Largest) Areas { get; init; }

    /// <summary>Whether every image has gray pixels alone.</summary>
    public required bool IsGray { get; init; }

    /// <summary>The part of the labelled pixels that each class has.</summary>
    public required IReadOnlyList<double> PixelParts { get; init; }

    /// <summary>The part of the images that have the class.</summary>
    public required IReadOnlyList<double> ImageParts { get; init; }

    /// <summary>
    /// For each class the size across its smallest regions, in pixels of the image, once the smallest with
    /// <see cref="SmallPart"/> of its pixels are left out; null for a class without pixels.
    /// </summary>
    public required IReadOnlyList<double?> SmallestAcross { get; init; }

    /// <summary>
    /// For each class the size across the regions that have the larger half of its pixels, at least, in pixels of the image; null
    /// for a class without pixels.
    /// </summary>
    public required IReadOnlyList<double?> LargestAcross { get; init; }

    /// <summary>Images that were looked at: all, or some spread over the rows.</summary>
    public required int Looked { get; init; }

    /// <summary>
    /// The part of the images that a probe tells from their mirror images, top to bottom; null where there are too few.
    /// </summary>
    public required double? UprightAccuracy { get; init; }

    /// <summary>The place of the class with the most pixels.</summary>
    public int Background => PixelParts.Index().MaxBy(one => one.Item).Index;

    /// <summary>
    /// Looks at images: at 256 spread over the rows, or at fewer where they have more than a hundred million pixels in all, but 8
    /// at least.
    /// </summary>
    /// <param name="view">The rows.</param>
    /// <param name="reader">How they are read.</param>
    /// <param name="image">The image column.</param>
    /// <param name="label">The label column.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public static SegmentationFingerprint Of(
        IDataView view, ISampleReader reader, string image, string label, int classes, CancellationToken cancellation)
    {
        int rows = SampleSource.Count(view);
        var sizes = new List<(int Width, int Height)>();
        var thumbnails = new List<Thumbnail>();
        var regions = new RegionSizes(classes);
        long[] pixels = new long[classes], images = new long[classes];
        long seen = 0;
        double next = 0;
        using DataViewRowCursor cursor = view.GetRowCursor(reader.ColumnsOf(view.Schema));
        var getImage = cursor.GetGetter<MLImage>(cursor.Schema[image]);
        var getLabel = cursor.GetGetter<VBuffer<uint>>(cursor.Schema[label]);
        MLImage picture = null!;
        VBuffer<uint> keys = default;
        for (long row = 0; cursor.MoveNext(); row++)
        {
            if (row < (long)next) continue;
            cancellation.ThrowIfCancellationRequested();
            getImage(ref picture);
            getLabel(ref keys);
            RowImage.Require(picture, cursor, image);
            RowImage.RequireLabels(picture, cursor, keys.Length, label);
            sizes.Add((picture.Width, picture.Height));
            thumbnails.Add(new Thumbnail(picture));
            uint[] mask = [.. keys.DenseValues()];
            regions.Add(mask, picture.Width, picture.Height);
            Count(mask, pixels, images);
            seen += mask.Length;
            next += Gap(rows - row - 1, sizes.Count, seen);
        }
        if (sizes.Count == 0) throw new InvalidOperationException("There are no rows to train on.");
        double labelled = Math.Max(pixels.Sum(), 1);
        return new SegmentationFingerprint
        {
            Images = rows,
            Looked = sizes.Count,
            Size = (
                TrainingSize.Median(sizes.Select(size => size.Width)), TrainingSize.Median(sizes.Select(size => size.Height))),
            Areas = (sizes.Min(Area), sizes.Max(Area)),
            IsGray = thumbnails.All(one => one.IsGray),
            PixelParts = [.. pixels.Select(count => count / labelled)],
            ImageParts = [.. images.Select(count => count / (double)sizes.Count)],
            SmallestAcross = [.. Enumerable.Range(0, classes).Select(index => regions.Across(index, SmallPart))],
            LargestAcross = [.. Enumerable.Range(0, classes).Select(index => regions.Across(index, LargePart))],
            UprightAccuracy = sizes.Count >= LeastProbed ? UprightProbe.Accuracy(thumbnails) : null,
        };
    }

    /// <summary>
    /// How many rows on the next image is, so that those that may still be looked at are spread over the rows that are left: by
    /// their number, and by the pixels that they have if they are as large as those before.
    /// </summary>
    /// <param name="left">Rows that are left.</param>
    /// <param name="looked">Images that were looked at, at least 1.</param>
    /// <param name="seen">Their pixels.</param>
    internal static double Gap(long left, int looked, long seen)
    {
        double affordable = Math.Max((MostPixels - seen) / Math.Max((double)seen / looked, 1), LeastLooked - looked);
        return Math.Max(left / Math.Max(Math.Min(affordable, MostLooked - looked), double.Epsilon), 1);
    }

    private static long Area((int Width, int Height) size) => (long)size.Width * size.Height;

    private static void Count(uint[] mask, long[] pixels, long[] images)
    {
        var counts = new long[pixels.Length + 1];
        foreach (uint key in mask) counts[key]++;
        for (int index = 0; index < pixels.Length; index++)
        {
            pixels[index] += counts[index + 1];
            if (counts[index + 1] > 0) images[index]++;
        }
    }
}
