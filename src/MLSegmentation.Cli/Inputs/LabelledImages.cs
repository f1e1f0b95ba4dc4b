using Microsoft.ML;

namespace MLSegmentation.Cli;

/// <summary>Finds images and their masks.</summary>
internal static class LabelledImages
{
    /// <summary>The images of a folder with their masks, or the one file with its.</summary>
    /// <exception cref="IOException">A folder or file is missing.</exception>
    /// <exception cref="InvalidDataException">An image has no mask, or the split file does not fit.</exception>
    public static IReadOnlyList<SegmentationFolderRow> Find(MLContext context, string images, string masks, string? splitFile, string? part, string? maskSuffix)
    {
        if (!File.Exists(images))
        {
            IDataView folder = context.Data.LoadSegmentationFolder(images, masks, splitFile, part, maskSuffix);
            return [.. context.Data.CreateEnumerable<SegmentationFolderRow>(folder, reuseRowObject: false)];
        }
        DataSample sample = One(images, masks, splitFile, maskSuffix);
        if (sample.MaskPath is not { } mask)
            throw new FileNotFoundException($"The image '{images}' has no mask in '{masks}'. {MaskPairing.Expected(maskSuffix)}", images);
        SegmentationFolderRow[] rows = [new SegmentationFolderRow { Name = sample.Name, ImagePath = images, MaskPath = mask }];
        SegmentationFolder.CheckSizes(rows);
        return rows;
    }

    /// <summary>The same to be checked, whether they fit together or not; of all parts of a split.</summary>
    /// <exception cref="IOException">A folder or file is missing.</exception>
    /// <exception cref="InvalidDataException">There are no images, or the split file is none.</exception>
    public static IReadOnlyList<DataSample> Samples(string images, string masks, string? splitFile, string? maskSuffix) =>
        File.Exists(images) ? [One(images, masks, splitFile, maskSuffix)] : SegmentationDataCheck.Find(images, masks, splitFile, maskSuffix);

    private static DataSample One(string image, string masks, string? splitFile, string? maskSuffix)
    {
        ImageFiles.RefuseSplit(image, splitFile);
        string name = Path.GetFileNameWithoutExtension(image);
        var images = new Dictionary<string, string>(FileNameComparer.Instance) { [name] = image };
        Dictionary<string, List<string>> found = MaskPairing.Find(images, SegmentationFolder.Masks(masks, null), maskSuffix);
        return new DataSample(name, image, MaskPairing.Single(found, name, image), null);
    }
}
