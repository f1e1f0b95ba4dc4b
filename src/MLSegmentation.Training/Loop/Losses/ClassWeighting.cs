namespace MLSegmentation.Training;

/// <summary>
/// How classes are weighted in cross-entropy, focal loss and hard pixels, by their pixels in the training images.
/// </summary>
public enum ClassWeighting
{
    /// <summary>Every pixel counts alike.</summary>
    None,

    /// <summary>Pixels in all, divided by the number of classes and the class's pixels: every class counts alike.</summary>
    InverseFrequency,

    /// <summary>
    /// The median of the classes' frequencies divided by the class's, where a frequency counts only images with the class (Eigen
    /// and Fergus 2015, section 6.3.2).
    /// </summary>
    MedianFrequency,
}
