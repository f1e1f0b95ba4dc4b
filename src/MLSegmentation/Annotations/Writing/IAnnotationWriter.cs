namespace MLSegmentation;

/// <summary>
/// Writes labels of images in the form of an annotation tool, image by image: only one image's are in memory. Disposed of before
/// it is complete, nothing that it wrote is left.
/// </summary>
internal interface IAnnotationWriter : IDisposable
{
    /// <summary>The files of an image alone, none of which may be there yet.</summary>
    /// <exception cref="InvalidDataException">The image's name leads out of the folder.</exception>
    IEnumerable<string> FilesOf(ListedFile image) => [];

    /// <summary>Writes the labels of an image.</summary>
    /// <returns>The number of regions.</returns>
    /// <exception cref="IOException">A file cannot be written, or is there already.</exception>
    int Add(LabelledImage image);

    /// <summary>Ends the files over all images and gives them their names.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    void Complete();
}
