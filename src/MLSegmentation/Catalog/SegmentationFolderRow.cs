namespace MLSegmentation.Catalog;

/// <summary>A row of <c>mlContext.Data.LoadSegmentationFolder</c>: an image file and its mask file.</summary>
public sealed class SegmentationFolderRow
{
    /// <summary>The image's file name without its extension.</summary>
    public string Name { get; set; } = "";

    /// <summary>The path of the image: the image folder and the file's name.</summary>
    public string ImagePath { get; set; } = "";

    /// <summary>The path of the mask: the mask folder and the file's name.</summary>
    public string MaskPath { get; set; } = "";
}
