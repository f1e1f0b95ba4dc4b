using MLSegmentation.Catalog;

namespace MLSegmentation.Checks;

/// <summary>Finds what there is to check, also what does not fit together.</summary>
internal static class DataFolder
{
    /// <summary>The images of a folder with their masks, those that the split names; and masks without an image.</summary>
    public static IReadOnlyList<DataSample> Find(string imageFolder, string maskFolder, string? splitFile)
    {
        Dictionary<string, string> images = SegmentationFolder.Images(imageFolder, null, null), masks = Masks(maskFolder);
        IEnumerable<DataSample> samples = splitFile is null
            ? images.Select(image => new DataSample(image.Key, image.Value, masks.GetValueOrDefault(image.Key), null))
            : SplitFile.Read(splitFile).Select(line => Sample(line.Image, line.Part)).Distinct();
        return
        [
            .. samples.OrderBy(sample => sample.Name, StringComparer.Ordinal),
            .. masks.Where(mask => !images.ContainsKey(mask.Key)).OrderBy(mask => mask.Key, StringComparer.Ordinal)
                .Select(mask => new DataSample(mask.Key, null, mask.Value, null)),
        ];

        DataSample Sample(string image, string part)
        {
            string name = SplitFile.NameIn(images, image);
            return images.TryGetValue(name, out string? path)
                ? new DataSample(name, path, masks.GetValueOrDefault(name), part)
                : new DataSample(image, null, null, part);
        }
    }

    /// <summary>The masks by their names: the PNG, else another image, which a check then speaks of.</summary>
    private static Dictionary<string, string> Masks(string folder)
    {
        SegmentationFolder.Require(folder, "masks");
        var masks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder).Where(SegmentationFolder.IsImage))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            bool isPng = Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase);
            if (isPng || !masks.ContainsKey(name)) masks[name] = path;
        }
        return masks;
    }
}
