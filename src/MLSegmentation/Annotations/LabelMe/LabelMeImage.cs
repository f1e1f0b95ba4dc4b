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
    /// The image's name. One that lies elsewhere, such as <c>../photos/a.jpg</c> or <c>D:/a.jpg</c>, goes by its file's name.
    /// </summary>
    public string Name => SegmentationFolder.NameOf(
        Folder + (ImageLocator.IsWithin(ImagePath) && ImagePath is not [_, ':', ..] ? ImagePath : FileName));

    private string FileName => ImagePath[(ImagePath.LastIndexOf('/') + 1)..];

    /// <summary>The path of the image; null where it is missing.</summary>
    /// <param name="images">Finds images.</param>
    /// <param name="written">Where an image is written that only the file has, under the file's name.</param>
    /// <exception cref="InvalidDataException">The image in the file is damaged.</exception>
    public string? Find(ImageLocator images, Lazy<string> written)
    {
        if (images.TryFindAny(Folder + ImagePath, ImagePath, Folder + FileName, FileName) is { } found) return found;
        return HasImage ? Write(Path.Combine(written.Value, Folder)) : images.Missing(ImagePath);
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
