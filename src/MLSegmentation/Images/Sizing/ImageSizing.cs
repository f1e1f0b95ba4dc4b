namespace MLSegmentation;

/// <summary>How an image of any size is brought to a network, and the network's answer back to the image.</summary>
public enum ImageSizing
{
    /// <summary>
    /// The image keeps its size and is padded, on the right and at the bottom, as in a mirror. It then has the next multiple of
    /// the network's <see cref="ImageModelMetadata.SizeMultiple"/>; the answer is cropped back.
    /// </summary>
    Native,

    /// <summary>The image is stretched to the network's width and height, whatever its aspect ratio.</summary>
    Stretch,

    /// <summary>
    /// The image is scaled, keeping its aspect ratio, to the largest size that fits into the network's width and height, then
    /// padded as in a mirror. It is padded to the next size multiple where the network takes any size, to its full size where
    /// not.
    /// </summary>
    Letterbox,

    /// <summary>
    /// The largest part in the image's middle that has the aspect ratio of the network's width and height is scaled to these.
    /// What lies beyond it is not seen, and has no class in a mask of the image's size.
    /// </summary>
    Crop,

    /// <summary>
    /// The image keeps its size and is seen through windows of the network's width and height that overlap; where they do, their
    /// probabilities are blended. For images too large to be seen at once. Only for segmenting.
    /// </summary>
    Tiled,
}
