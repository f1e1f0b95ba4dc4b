namespace MLSegmentation;

/// <summary>The size that a mask comes in.</summary>
public enum MaskSize
{
    /// <summary>
    /// The image's own. Where the network saw another size, its scores are interpolated before the classes are compared,
    /// so that borders are smooth.
    /// </summary>
    Image,

    /// <summary>The size that the network saw the image in, without padding; the cheapest.</summary>
    Network,
}
