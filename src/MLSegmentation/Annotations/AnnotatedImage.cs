namespace MLSegmentation;

/// <summary>An image that an annotation file is about.</summary>
/// <param name="Name">Its path from the folder of images on in which it was found, without extension.</param>
/// <param name="Path">The file.</param>
/// <param name="Size">Its size in pixels as the annotation file has it; null where it does not say.</param>
/// <param name="Key">What its reader finds its regions by.</param>
internal sealed record AnnotatedImage(string Name, string Path, (int Width, int Height)? Size, int Key);
