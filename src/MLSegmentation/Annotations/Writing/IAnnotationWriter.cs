namespace MLSegmentation;

/// <summary>
/// Writes labels of images in the form of an annotation tool, image by image: only one image's are in memory. Disposed of before
/// it is complete, no file over all images is left.
/// </summary>
internal interface IAnnotationWriter : IDisposable
{
    /// <summary>Writes the labels of an image.</summary>
    /// <returns>The number of regions.</returns>
    /// <exception cref="IOException">A file cannot be written, or is there already.</exception>
    int Add(LabelledImage image);

    /// <summary>Ends the files over all images and gives them their names.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    void Complete();
}
