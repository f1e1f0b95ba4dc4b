namespace MLSegmentation;

/// <summary>The file of an image that annotations name.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">
/// Its path from the folder of images on in which it was found, without extension, with <c>/</c> between folders. Masks of that
/// name pair with it, whatever the annotations call it.
/// </param>
internal sealed record FoundImage(string Path, string Name)
{
    /// <summary>The file, by a name that has the place of its folder of images before it.</summary>
    /// <param name="folder">The place; a dot for that of the annotations itself.</param>
    public FoundImage Under(string folder) =>
        folder == "." ? this : this with { Name = $"{folder.Replace('\\', '/')}/{Name}" };

    /// <summary>A file in a folder of images.</summary>
    public static FoundImage In(string folder, string path) => new(
        path, SegmentationFolder.NameOf(System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/')));
}
