namespace MLSegmentation.Cli;

/// <summary>A picture that an evaluation wrote.</summary>
/// <param name="Rank"><c>best</c>, <c>median</c> or <c>worst</c>.</param>
/// <param name="Image">The image's file.</param>
/// <param name="MeanIoU">The mean IoU of that image alone.</param>
/// <param name="File">The picture's file.</param>
internal sealed record WrittenPicture(string Rank, string Image, double MeanIoU, string File);
