namespace MLSegmentation.Cli.Commands;

/// <summary>An image, and what is written for it.</summary>
internal sealed class MaskFiles
{
    /// <summary>The image.</summary>
    public string ImagePath { get; init; } = "";

    /// <summary>The mask to write.</summary>
    public string MaskPath { get; init; } = "";

    /// <summary>The overlay to write; null where none is.</summary>
    public string? OverlayPath { get; init; }

    /// <summary>Names the files to write for an image.</summary>
    public static MaskFiles For(string image, string folder, bool hasOverlay)
    {
        string path = Path.Combine(folder, Path.GetFileNameWithoutExtension(image));
        return new MaskFiles { ImagePath = image, MaskPath = $"{path}.png", OverlayPath = hasOverlay ? $"{path}.overlay.png" : null };
    }

    /// <summary>Throws where one file to write would replace another, or an image.</summary>
    public static void RequireDistinct(IReadOnlyList<MaskFiles> files)
    {
        var sources = files.ToDictionary(file => Path.GetFullPath(file.ImagePath), file => file.ImagePath);
        var targets = new Dictionary<string, string>();
        foreach (MaskFiles file in files)
        {
            foreach (string? target in new[] { file.MaskPath, file.OverlayPath })
            {
                if (target is null) continue;
                if (sources.TryGetValue(Path.GetFullPath(target), out string? replaced))
                    throw new IOException($"The mask of '{file.ImagePath}' would replace the image '{replaced}'. Give another folder with --out.");
                if (!targets.TryAdd(target, file.ImagePath))
                    throw new IOException($"'{file.ImagePath}' and '{targets[target]}' would both be written to '{target}'. Rename one of them.");
            }
        }
    }
}
