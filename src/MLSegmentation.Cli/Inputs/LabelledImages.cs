using Microsoft.ML;

namespace MLSegmentation.Cli;

/// <summary>Finds images and their masks in folders.</summary>
internal static class LabelledImages
{
    /// <summary>The images of a folder with their masks, or the one file with its.</summary>
    /// <exception cref="IOException">A folder or file is missing.</exception>
    /// <exception cref="InvalidDataException">An image has no mask, or the split file does not fit.</exception>
    public static IReadOnlyList<SegmentationFolderRow> Find(MLContext context, DataOptions options, string? part)
    {
        if (!File.Exists(options.Images))
        {
            IDataView folder = context.Data.LoadSegmentationFolder(
                options.Images, options.Masks!, options.Split, part, options.MaskSuffix);
            return [.. context.Data.CreateEnumerable<SegmentationFolderRow>(folder, reuseRowObject: false)];
        }
        DataSample sample = One(options);
        if (sample.MaskPath is not { } mask)
        {
            throw new FileNotFoundException(
                $"The image '{options.Images}' has no mask in '{options.Masks}'. {MaskPairing.Expected(options.MaskSuffix)}",
                options.Images);
        }
        SegmentationFolderRow[] rows = [new() { Name = sample.Name, ImagePath = options.Images, MaskPath = mask }];
        SegmentationFolder.CheckSizes(rows);
        return rows;
    }

    /// <summary>The same to be checked, whether they fit together or not; of all parts of a split.</summary>
    /// <exception cref="IOException">A folder or file is missing.</exception>
    /// <exception cref="InvalidDataException">There are no images, or the split file is none.</exception>
    public static IReadOnlyList<DataSample> Samples(DataOptions options) => File.Exists(options.Images)
        ? [One(options)]
        : SegmentationDataCheck.Find(options.Images, options.Masks!, options.Split, options.MaskSuffix);

    private static DataSample One(DataOptions options)
    {
        string image = options.Images;
        ImageFiles.RefuseSplit(image, options.Split);
        string name = Path.GetFileNameWithoutExtension(image);
        var images = new Dictionary<string, string>(FileNameComparer.Instance) { [name] = image };
        Dictionary<string, List<string>> found = MaskPairing.Find(
            images, SegmentationFolder.Masks(options.Masks!, null), options.MaskSuffix);
        return new DataSample(name, image, MaskPairing.Single(found, name, image), null);
    }
}
