namespace MLSegmentation.Cli;

/// <summary>A row with the path of an image.</summary>
internal sealed class ImageRow
{
    /// <summary>The path.</summary>
    public string ImagePath { get; set; } = "";
}
