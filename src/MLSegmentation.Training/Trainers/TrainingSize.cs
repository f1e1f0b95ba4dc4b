using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Training;

/// <summary>
/// The sizes that a network is trained at: the size that images are brought to, in training and in scoring, and the smaller
/// window that a training step sees of them. Networks trained on windows answer best for images that are a little larger than the
/// windows (Touvron et al. 2019), and small windows make fast steps.
/// </summary>
internal sealed record TrainingSize(int ImageWidth, int ImageHeight, int WindowWidth, int WindowHeight)
{
    private const int Looked = 64;

    /// <summary>Pixels that images are brought to at most, and windows always.</summary>
    public const double LargestArea = 448 * 352;

    private const double WindowPart = 0.73;

    /// <summary>Whether a step sees whole images.</summary>
    public bool IsWhole => WindowWidth >= ImageWidth && WindowHeight >= ImageHeight;

    /// <summary>The sizes of the options; those they leave open follow from the median size of the first images.</summary>
    public static TrainingSize Choose(
        SegmentationTrainerOptions options, IDataView view, DataViewSchema.Column image, int multiple,
        CancellationToken cancellation) =>
        Choose(options, options.ImageWidth == 0 ? MedianSize(view, image, cancellation) : default, multiple);

    /// <summary>The sizes of the options; those they leave open follow from the median size of the images.</summary>
    public static TrainingSize Choose(SegmentationTrainerOptions options, (int Width, int Height) median, int multiple)
    {
        var (width, height) = (options.ImageWidth, options.ImageHeight);
        if (width == 0)
        {
            (width, height) = options.Sizing == ImageSizing.Native ? median : Fit(median.Width, median.Height, multiple);
        }
        if (options.WindowWidth > 0) return new TrainingSize(width, height, options.WindowWidth, options.WindowHeight);
        if (options.ShowsTheSameImages)
            return new TrainingSize(width, height, RoundUp(width, multiple), RoundUp(height, multiple));
        var bounded = Fit(width, height, multiple);
        return new TrainingSize(width, height, Window(bounded.Width, multiple), Window(bounded.Height, multiple));
    }

    /// <summary>The sizes with a window that shows as much of an image as the area of 448×352 pixels holds.</summary>
    public TrainingSize WithLargestWindow(int multiple)
    {
        var (width, height) = Fit(ImageWidth, ImageHeight, multiple);
        return this with { WindowWidth = width, WindowHeight = height };
    }

    /// <summary>Such as <c>of 160×128 in windows of 128×96</c>, for images brought to that size.</summary>
    public string Describe(ImageSizing sizing)
    {
        string images = sizing == ImageSizing.Native ? "of their own size" : $"of {ImageWidth}×{ImageHeight}";
        return IsWhole && sizing != ImageSizing.Native ? images : $"{images} in windows of {WindowWidth}×{WindowHeight}";
    }

    /// <summary>
    /// A size scaled down to the area of 448×352 pixels, then each side rounded to the multiple: 600×500 becomes 448×352.
    /// </summary>
    public static (int Width, int Height) Fit(int width, int height, int multiple)
    {
        double scale = Math.Min(Math.Sqrt(LargestArea / ((double)width * height)), 1);
        return (Round(width * scale, multiple), Round(height * scale, multiple));
    }

    /// <summary>A side of the window for a side of the image: 352 becomes 256, 128 becomes 96.</summary>
    public static int Window(int side, int multiple) => Round(side * WindowPart, multiple);

    private static int RoundUp(int side, int multiple) => Math.Max((side + multiple - 1) / multiple, 2) * multiple;

    /// <summary>A side in the nearest multiple, at least two of it.</summary>
    public static int Round(double size, int multiple) => Math.Max((int)Math.Round(size / multiple) * multiple, 2 * multiple);

    private static (int Width, int Height) MedianSize(IDataView view, DataViewSchema.Column image, CancellationToken cancellation)
    {
        var sizes = new List<(int Width, int Height)>();
        using DataViewRowCursor cursor = view.GetRowCursor([image]);
        var get = cursor.GetGetter<MLImage>(image);
        MLImage picture = null!;
        while (sizes.Count < Looked && cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            get(ref picture);
            RowImage.Require(picture, cursor, image.Name);
            sizes.Add((picture.Width, picture.Height));
        }
        if (sizes.Count == 0) throw new InvalidOperationException("There are no rows to train on.");
        return (Median(sizes.Select(size => size.Width)), Median(sizes.Select(size => size.Height)));
    }

    /// <summary>The value in the middle; of an even number, the one behind it.</summary>
    public static int Median(IEnumerable<int> values)
    {
        int[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
