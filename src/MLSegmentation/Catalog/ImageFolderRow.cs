namespace MLSegmentation.Catalog;

/// <summary>A row of <c>mlContext.Data.LoadImageFolder</c>: an image file.</summary>
public sealed class ImageFolderRow
{
    /// <summary>The image's file name without its extension.</summary>
    public string Name { get; set; } = "";

    /// <summary>The path of the image: the image folder and the file's name.</summary>
    public string ImagePath { get; set; } = "";
}
