namespace MLSegmentation;

/// <summary>A row of <c>mlContext.Data.LoadImageFolder</c>: an image file.</summary>
public sealed class ImageFolderRow
{
    /// <summary>The image's path from the image folder on, without its extension and with <c>/</c> behind subfolders.</summary>
    public string Name { get; set; } = "";

    /// <summary>The path of the image: the image folder and what lies behind it.</summary>
    public string ImagePath { get; set; } = "";
}
