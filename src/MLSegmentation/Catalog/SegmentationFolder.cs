using Microsoft.ML.Data;
using MLSegmentation.Images;

namespace MLSegmentation.Catalog;

/// <summary>Finds images and their masks in two folders.</summary>
internal static class SegmentationFolder
{
    private const int Named = 10;

    /// <summary>Extensions of the files that count as images.</summary>
    private static readonly string[] _imageExtensions = [".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff"];

    public static List<SegmentationFolderRow> Pair(string imageFolder, string maskFolder, string? splitFile, string? part)
    {
        Dictionary<string, string> images = Images(imageFolder, splitFile, part);
        Dictionary<string, string> masks = List(maskFolder, [".png"], "masks");
        string[] missing = [.. images.Keys.Where(name => !masks.ContainsKey(name)).Order(StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            throw new InvalidDataException(
                $"{missing.Length} of {images.Count} images in '{imageFolder}' have no mask in '{maskFolder}': {Text(missing)}. "
                + "A mask has its image's name and the extension .png. Add the masks, or take the images out.");
        }
        List<SegmentationFolderRow> rows = [.. images.OrderBy(image => image.Key, StringComparer.Ordinal).Select(image =>
            new SegmentationFolderRow { Name = image.Key, ImagePath = image.Value, MaskPath = masks[image.Key] })];
        CheckSizes(rows);
        return rows;
    }

    /// <summary>The paths of a folder's images by their names without extension; with a split file, of those in the part.</summary>
    public static Dictionary<string, string> Images(string imageFolder, string? splitFile, string? part)
    {
        if (splitFile is null != part is null)
            throw new ArgumentException($"The split file is '{splitFile}' and the part is '{part}': give both or none.", nameof(part));
        Dictionary<string, string> images = List(imageFolder, _imageExtensions, "images");
        return splitFile is null ? images : SplitFile.Select(images, imageFolder, splitFile, part!);
    }

    /// <summary>Whether a file's extension is an image's.</summary>
    public static bool IsImage(string file) => _imageExtensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    /// <summary>A list of names that does not fill the screen.</summary>
    public static string Text(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Named)) + (names.Count > Named ? $" and {names.Count - Named} more" : "");

    /// <summary>The name that a file goes by: without its extension where that is an image's.</summary>
    public static string NameOf(string file) =>
        IsImage(file) ? Path.GetFileNameWithoutExtension(file) : file;

    /// <summary>
    /// Compares sizes here, where both files are known: once they are read, an image and a mask that lies on its side have the same
    /// number of pixels.
    /// </summary>
    public static void CheckSizes(IReadOnlyList<SegmentationFolderRow> rows)
    {
        string[] different = [.. rows.Select(DescribeDifference).OfType<string>()];
        if (different.Length == 0) return;
        throw new InvalidDataException(
            $"{different.Length} of {rows.Count} masks differ in size from their images: {Text(different)}. "
            + "A mask has the size of its image, turned upright as its EXIF orientation says. Make these masks anew, or take them out.");
    }

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static void Require(string folder, string kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder '{folder}' of {kind} does not exist. Full path: '{Path.GetFullPath(folder)}'.");
    }

    private static string? DescribeDifference(SegmentationFolderRow row)
    {
        if (ImageHeader.TryReadSize(row.ImagePath) is not { } image || ImageHeader.TryReadSize(row.MaskPath) is not { } mask || image == mask) return null;
        bool mayBeTurned = image == (mask.Height, mask.Width);
        if (mayBeTurned)
        {
            // The EXIF orientation of a PNG or WebP file is seen only by decoding it.
            using MLImage decoded = ImageDecoder.Decode(row.ImagePath);
            image = (decoded.Width, decoded.Height);
        }
        return image == mask ? null : $"'{row.ImagePath}' {image.Width}x{image.Height}, '{row.MaskPath}' {mask.Width}x{mask.Height}";
    }

    private static Dictionary<string, string> List(string folder, string[] extensions, string kind)
    {
        Require(folder, kind);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            if (!extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)) continue;
            string name = Path.GetFileNameWithoutExtension(path);
            if (!files.TryAdd(name, path))
                throw new InvalidDataException($"The folder '{folder}' has two {kind} named '{name}': '{files[name]}' and '{path}'. Rename or remove one.");
        }
        return files.Count > 0 ? files : throw new InvalidDataException(
            $"The folder '{folder}' has no {kind}, expected files with the extension {string.Join(", ", extensions)}.");
    }
}
