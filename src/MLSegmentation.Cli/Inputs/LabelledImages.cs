using Microsoft.ML;
using MLSegmentation.Catalog;

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
        string name = Path.GetFileNameWithoutExtension(images), mask = Path.Combine(masks, name + ".png");
        if (!File.Exists(mask)) throw new FileNotFoundException($"The image '{images}' has no mask: '{mask}' does not exist.", mask);
        SegmentationFolderRow[] rows =
            [.. ImageFiles.Find(images, splitFile).Select(path => new SegmentationFolderRow { Name = name, ImagePath = path, MaskPath = mask })];
        SegmentationFolder.CheckSizes(rows);
        return rows;
    }
}
