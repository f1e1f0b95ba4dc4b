namespace MLSegmentation;

/// <summary>Finds what there is to check, also what does not fit together.</summary>
internal static class DataFolder
{
    /// <summary>The images of a folder with their masks, those that the split names; and masks without an image.</summary>
    public static IReadOnlyList<DataSample> Find(string imageFolder, string maskFolder, string? splitFile, string? maskSuffix)
    {
        var folders = PairedFolders.Read(imageFolder, maskFolder, maskSuffix);
        IEnumerable<DataSample> samples = splitFile is null
            ? folders.Images.Keys.Select(name => Sample(name, null))
            : SplitFile.Read(splitFile).Select(line => Sample(line.Image, line.Part)).Distinct();
        return
        [
            .. samples.OrderBy(sample => sample.Name, StringComparer.Ordinal),
            .. folders.MasksWithoutImage.OrderBy(mask => mask.Name, StringComparer.Ordinal)
                .Select(mask => new DataSample(mask.Name, null, mask.Path, null)),
        ];

        DataSample Sample(string image, string? part)
        {
            string name = SplitFile.NameIn(folders.Images, image);
            return folders.Images.TryGetValue(name, out string? path)
                ? new DataSample(name, path, folders.MaskOf(name), part)
                : new DataSample(image, null, null, part);
        }
    }
}
