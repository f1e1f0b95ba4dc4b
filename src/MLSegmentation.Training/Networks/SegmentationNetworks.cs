namespace MLSegmentation.Training.Networks;

/// <summary>The segmentation networks that can be asked for by name.</summary>
public static class SegmentationNetworks
{
    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<SegmentationNetwork> All { get; } =
    [
        new("unet-compact", "U-Net over a compact encoder, trains from scratch", () => new CompactEncoder(), (encoder, classes) => UNet.Create(encoder, classes)),
        new("fcn8-compact", "FCN-8s over the same encoder", () => new CompactEncoder(), (encoder, classes) => FullyConvolutionalNetwork.Create(encoder, classes)),
    ];

    /// <summary>The network that is trained unless another is asked for.</summary>
    public static SegmentationNetwork Default => All[0];

    /// <summary>The network of that name.</summary>
    /// <param name="name">Such as <c>unet-compact</c>; upper and lower case differ.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static SegmentationNetwork Find(string name) =>
        All.FirstOrDefault(network => network.Name == name) ?? throw new ArgumentException(
            $"There is no network '{name}', expected one of: {string.Join(", ", All.Select(network => network.Name))}.", nameof(name));
}
