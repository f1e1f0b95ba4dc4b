using Microsoft.ML;

namespace MLSegmentation.Cli;

/// <summary>Images without masks, for an autoencoder: a folder, a file, or an idx file such as MNIST's.</summary>
internal static class PlainImages
{
    /// <summary>Whether a path is taken for an idx file: an existing file whose name does not end like an image's.</summary>
    public static bool IsIdx(string path) => File.Exists(path) && !SegmentationFolder.IsImage(path);

    /// <summary>The images as rows with a column <c>Image</c>, and their number.</summary>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">There are no images, or the idx file is damaged.</exception>
    public static (IDataView View, int Count) Load(
        MLContext context, string path, string? splitFile, string? part, SampleRange? range, IProgress<ProgressStep> progress,
        CancellationToken cancellation)
    {
        if (IsIdx(path))
        {
            ImageFiles.RefuseSplit(path, splitFile);
            IDataView images = context.Data.LoadIdxImages(path);
            return (images, (int)images.GetRowCount()!);
        }
        ImageRow[] rows = [.. ImageFiles.Find(path, splitFile, part).Select(image => new ImageRow { ImagePath = image })];
        IDataView paths = context.Data.LoadFromEnumerable(new WatchedRows<ImageRow>(rows, progress, cancellation));
        return (
            context.Transforms.ReadImages("Image", null, nameof(ImageRow.ImagePath), range).Fit(paths).Transform(paths),
            rows.Length);
    }
}
