namespace MLSegmentation.Cli;

/// <summary>An image, and what is written for it.</summary>
/// <param name="Name">The image's path from its folder on, by which the manifest and the files over all images know it.</param>
/// <param name="ImagePath">The image.</param>
/// <param name="MaskPath">The mask to write.</param>
/// <param name="ConfidencePath">The confidences to write; null where none are.</param>
/// <param name="OverlayPath">The overlay to write; null where none is.</param>
internal sealed record MaskFiles(string Name, string ImagePath, string MaskPath, string? ConfidencePath, string? OverlayPath)
{
    /// <summary>The files to write.</summary>
    public IEnumerable<string> Targets => new[] { MaskPath, ConfidencePath, OverlayPath }.OfType<string>();

    /// <summary>What is written beside the mask.</summary>
    public OutputFormat Formats =>
        (ConfidencePath is null ? OutputFormat.Png : OutputFormat.Confidence) | (OverlayPath is null ? OutputFormat.Png : OutputFormat.Overlay);

    /// <summary>Names the files to write for an image, in subfolders as the images are.</summary>
    public static MaskFiles For(ListedFile image, string folder, OutputFormat formats) =>
        At(image.File, image.Path, Path.Combine(folder, Path.ChangeExtension(image.File, null)), formats);

    /// <summary>Deletes everything that may have been written for another image of this name.</summary>
    public void Delete()
    {
        foreach (string file in At(Name, ImagePath, Path.ChangeExtension(MaskPath, null), OutputFormat.Confidence | OutputFormat.Overlay).Targets)
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
                    throw new IOException($"The mask of '{file.ImagePath}' would replace the image '{replaced}'. Give another folder with --out.");
                if (!targets.TryAdd(target, file.ImagePath))
                    throw new IOException($"'{file.ImagePath}' and '{targets[target]}' would both be written to '{target}'. Rename one of them.");
            }
        }
    }

    private static MaskFiles At(string name, string image, string path, OutputFormat formats) => new(
        name, image, $"{path}.png",
        formats.HasFlag(OutputFormat.Confidence) ? $"{path}.confidence.png" : null,
        formats.HasFlag(OutputFormat.Overlay) ? $"{path}.overlay.png" : null);
}
