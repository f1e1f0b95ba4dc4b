namespace MLSegmentation;

/// <summary>An image of YOLO's.</summary>
/// <param name="Name">Its path from the folder of images on, without extension.</param>
/// <param name="Path">The file.</param>
/// <param name="Labels">The text file of its labels, which may be missing where it has none.</param>
internal sealed record YoloImage(string Name, string Path, string Labels);
