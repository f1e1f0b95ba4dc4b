namespace MLSegmentation.Cli;

/// <summary>An image, and what is written for it.</summary>
/// <param name="Name">The image's path from its folder on, by which the manifest and the files over all images know it.</param>
/// <param name="ImagePath">The image.</param>
/// <param name="MaskPath">The mask to write.</param>
/// <param name="Formats">What is written beside the mask.</param>
internal sealed record MaskFiles(string Name, string ImagePath, string MaskPath, IReadOnlyList<ImageFormat> Formats)
{
    private const string Extension = ".png";

    /// <summary>The files to write.</summary>
    public IEnumerable<string> Targets => [MaskPath, .. Formats.Select(PathOf)];

    /// <summary>Names the files to write for an image, in subfolders as the images are.</summary>
    public static MaskFiles For(ListedFile image, SegmentOptions options) =>
        new(
            image.File, image.Path, Path.Combine(options.Out, Path.ChangeExtension(image.File, null)) + Extension,
            options.ImageFormats);

    /// <summary>The file of a format.</summary>
    public string PathOf(ImageFormat format) => MaskPath[..^Extension.Length] + format.Suffix;

    /// <summary>Deletes everything that may have been written for another image of this name.</summary>
    public void Delete()
    {
        foreach (string file in (this with { Formats = [.. OutputFormats.All.OfType<ImageFormat>()] }).Targets)
        {
            if (File.Exists(file)) File.Delete(file);
        }
    }

    /// <summary>Throws where one file to write would replace another, or an image.</summary>
    public static void RequireDistinct(IReadOnlyList<MaskFiles> files)
    {
        var sources = files.ToDictionary(file => Path.GetFullPath(file.ImagePath), file => file.ImagePath);
        var targets = new Dictionary<string, string>();
        foreach (MaskFiles file in files)
        {
            foreach (string target in file.Targets)
            {
                if (sources.TryGetValue(Path.GetFullPath(target), out string? replaced))
                {
                    throw new IOException(
                        $"The mask of '{file.ImagePath}' would replace the image '{replaced}'. Give another folder with --out.");
                }
                if (!targets.TryAdd(target, file.ImagePath))
                {
                    throw new IOException(
                        $"'{file.ImagePath}' and '{targets[target]}' would both be written to '{target}'. Rename one of them.");
                }
            }
        }
    }
}
