namespace MLSegmentation;

/// <summary>
/// Labels of images as an annotation tool wrote them: the images, the classes, and the regions of each image in the order in
/// which they are painted. Images may be read by several threads at once.
/// </summary>
internal interface IAnnotationReader
{
    /// <summary>The names of the classes: the first is that of pixels in no region.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>The images, in the order of their names.</summary>
    IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Whether the format has pixels in no region ignored, whatever is asked for.</summary>
    bool IgnoresUnlabelled => false;

    /// <summary>The regions of an image; a later one covers an earlier one.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or a region is no region of the format.</exception>
    IEnumerable<AnnotatedRegion> Read(AnnotatedImage image);
}
