namespace MLSegmentation;

/// <summary>
/// What a bad image is, the same to pipelines and to the command line: what leaves one image without a mask and says nothing of
/// the others.
/// </summary>
internal static class BadImage
{
    /// <summary>
    /// Whether an exception says that an image is bad: its file is gone, cannot be opened or read, is none, or is damaged, too
    /// large or of a size that the model does not take.
    /// </summary>
    /// <param name="error">
    /// What reading or scoring the image threw. That its mask could not be written is no fault of the image.
    /// </param>
    public static bool Is(Exception error) => IsUnreadable(error) || error
        is ArgumentException // larger than a network of fixed size takes
        or InvalidOperationException // none in its row, or refused by the graph
        and not ObjectDisposedException;

    /// <summary>
    /// Whether an exception says that the file of an image or mask cannot be read, whatever was to be done with it.
    /// </summary>
    /// <param name="error">What reading the file threw.</param>
    public static bool IsUnreadable(Exception error) => error
        is InvalidDataException // no image, a damaged one, or one beyond the limits
        or IOException // gone, no file but a pipe or device, a loop of links, a name too long, a disk that cannot be read
        or UnauthorizedAccessException; // not to be read
}
