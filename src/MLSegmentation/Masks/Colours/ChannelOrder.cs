namespace MLSegmentation;

/// <summary>The order of the four bytes of a pixel.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue, alpha.</summary>
    Rgba,

    /// <summary>Blue, green, red, alpha.</summary>
    Bgra,
}
