using Microsoft.ML;
using MLSegmentation.Catalog;
using MLSegmentation.Checks;

namespace MLSegmentation.Cli.Inputs;

/// <summary>Finds images and their masks.</summary>
internal static class LabelledImages
{
    /// <summary>The images of a folder with their masks, or the one file with its.</summary>
    /// <exception cref="IOException">A folder or file is missing.</exception>
    /// <exception cref="InvalidDataException">An image has no mask, or the split file does not fit.</exception>
    public static IReadOnlyList<SegmentationFolderRow> Find(MLContext context, string images, string masks, string? splitFile, string? part)
    {
        if (!File.Exists(images))
        {
            IDataView folder = context.Data.LoadSegmentationFolder(images, masks, splitFile, part);
            return [.. context.Data.CreateEnumerable<SegmentationFolderRow>(folder, reuseRowObject: false)];
        }
        string name = Path.GetFileNameWithoutExtension(images), mask = MaskOf(images, masks);
        if (!File.Exists(mask)) throw new FileNotFoundException($"The image '{images}' has no mask: '{mask}' does not exist.", mask);
        SegmentationFolderRow[] rows =
            [.. ImageFiles.Find(images, splitFile).Select(path => new SegmentationFolderRow { Name = name, ImagePath = path, MaskPath = mask })];
        SegmentationFolder.CheckSizes(rows);
        return rows;
    }

    /// <summary>The same to be checked, whether they fit together or not; of all parts of a split.</summary>
    /// <exception cref="IOException">A folder or file is missing.</exception>
    /// <exception cref="InvalidDataException">There are no images, or the split file is none.</exception>
    public static IReadOnlyList<DataSample> Samples(string images, string masks, string? splitFile)
    {
        if (!File.Exists(images)) return SegmentationDataCheck.Find(images, masks, splitFile);
        string mask = MaskOf(images, masks);
        return [.. ImageFiles.Find(images, splitFile).Select(path => new DataSample(Path.GetFileNameWithoutExtension(path), path, File.Exists(mask) ? mask : null, null))];
    }

    private static string MaskOf(string image, string masks) => Path.Combine(masks, $"{Path.GetFileNameWithoutExtension(image)}.png");
}
