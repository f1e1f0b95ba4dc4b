namespace MLSegmentation;

/// <summary>A file of a folder or its subfolders.</summary>
/// <param name="File">Its path from that folder on, with <c>/</c> between the names.</param>
/// <param name="Path">Its path, which begins with the folder's path as it was given.</param>
internal readonly record struct ListedFile(string File, string Path)
{
    /// <summary>What it goes by: the path from the folder on, without the extension.</summary>
    public string Name => SegmentationFolder.NameOf(File);
}
