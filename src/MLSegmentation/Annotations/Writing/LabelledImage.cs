namespace MLSegmentation;

/// <summary>An image with a class for each pixel.</summary>
/// <param name="File">Its path from the folder of images on, with extension and <c>/</c> between folders.</param>
/// <param name="Path">The file.</param>
/// <param name="Keys">One key a pixel, row by row: 0 where it is to be ignored, <c>k + 1</c> for class k.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
internal sealed record LabelledImage(string File, string Path, uint[] Keys, int Width, int Height)
{
    /// <summary>The probability of each pixel's class; null where nobody predicted it.</summary>
    public float[]? Confidence { get; init; }

    /// <summary>Its path from the folder of images on, without extension.</summary>
    public string Name => SegmentationFolder.NameOf(File);
}
