namespace MLSegmentation;

/// <summary>Where the channels of a tensor of images lie.</summary>
internal enum TensorLayout
{
    /// <summary>[N,C,H,W]: one plane after the other.</summary>
    ChannelsFirst,

    /// <summary>[N,H,W,C]: the channels of a pixel side by side.</summary>
    ChannelsLast,
}
