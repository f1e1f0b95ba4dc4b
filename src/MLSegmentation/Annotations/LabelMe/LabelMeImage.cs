namespace MLSegmentation;

/// <summary>
/// What a file of LabelMe says of its image. Shapes are not among it: they are read again when a mask is painted, as those of all
/// files of a folder may be more than the memory.
/// </summary>
/// <param name="File">The file.</param>
/// <param name="Folder">Where the file is in the folder that was opened, with <c>/</c> behind it; empty for that itself.</param>
/// <param name="ImagePath">The image, from the file on.</param>
/// <param name="HasImage">Whether the image is in the file.</param>
/// <param name="Size">The image's size in pixels; null where the file does not say.</param>
internal sealed record LabelMeImage(
    string File, string Folder, string ImagePath, bool HasImage, (int Width, int Height)? Size)
{
    /// <summary>
    /// Where the image is from the folder on that was opened. One that lies elsewhere, such as <c>D:/a.jpg</c>, is sought beside
    /// its file.
    /// </summary>
    private string Place => Within() ?? Folder + FileName;

    private string FileName => ImagePath[(ImagePath.LastIndexOf('/') + 1)..];

    /// <summary>The image; null where it is missing.</summary>
    /// <param name="images">Finds images.</param>
    /// <param name="written">Where an image is written that only the file has, under the file's name.</param>
    /// <exception cref="InvalidDataException">The image in the file is damaged.</exception>
    public FoundImage? Find(ImageLocator images, Lazy<string> written)
    {
        if (images.TryFindAny(Place, Folder + FileName) is { } found) return found;
        return HasImage ? FoundImage.In(written.Value, Write(Path.Combine(written.Value, Folder))) : images.Missing(ImagePath);
    }

    /// <summary>The image's path without <c>..</c>; null where it leads out of the folder that was opened.</summary>
    private string? Within()
    {
        if (Path.IsPathRooted(ImagePath) || ImagePath is [_, ':', ..]) return null;
        List<string> parts = [];
        foreach (string part in (Folder + ImagePath).Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..") parts.Add(part);
            else if (parts.Count == 0) return null;
            else parts.RemoveAt(parts.Count - 1);
        }
        return string.Join('/', parts);
    }

    private string Write(string folder)
    {
        byte[] image = LabelMeFile.ReadImage(File);
        string extension = ImageFormats.ExtensionOf(image) ?? throw new InvalidDataException(
            $"The imageData of '{File}' is no image of a known format. Put '{ImagePath}' beside it, or save the file anew.");
        string path = Path.Combine(folder, Path.GetFileNameWithoutExtension(File) + extension);
        Directory.CreateDirectory(folder);
        System.IO.File.WriteAllBytes(path, image);
        return path;
    }
}
