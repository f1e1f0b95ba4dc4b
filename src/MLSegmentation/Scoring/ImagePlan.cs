namespace MLSegmentation;

/// <summary>
/// How an image is scored, worked out once from its size: before its pixels are decoded it says how large they must be.
/// </summary>
internal sealed class ImagePlan
{
    /// <param name="setup">The options.</param>
    /// <param name="multiple">What free sizes are padded to multiples of.</param>
    /// <param name="width">The image's width.</param>
    /// <param name="height">The image's height.</param>
    /// <exception cref="ArgumentException">The image is too large for a network of fixed size.</exception>
    public ImagePlan(SegmentationSetup setup, int multiple, int width, int height)
    {
        Seen = setup.Sizing.GeometryFor(width, height, multiple);
        Target = setup.Options.MaskSize == MaskSize.Network ? Seen.AsSeen() : Seen;
        Views = setup.Options.TestTimeAugmentation is { } augmentation
            ? [.. augmentation.Scales.SelectMany(
                scale => Of(setup.Sizing.GeometryFor(width, height, multiple, scale), augmentation.HorizontalFlip))]
            : [new ImageView(Seen, IsFlipped: false)];
        LeastSize = LeastSizeFor(width, height, [.. Views.Select(view => view.Geometry)]);
        ResultBytes = setup.ResultBytes(Target.ImageWidth, Target.ImageHeight);
    }

    /// <summary>How the image is brought to the network, at a scale of 1.</summary>
    public ImageGeometry Seen { get; }

    /// <summary>How scores are brought to the mask.</summary>
    public ImageGeometry Target { get; }

    /// <summary>What the network sees: the image alone, or the views whose probabilities are averaged.</summary>
    public IReadOnlyList<ImageView> Views { get; }

    /// <summary>The size below which the image would be enlarged for the network.</summary>
    public (int Width, int Height) LeastSize { get; }

    /// <summary>The bytes of the mask, and of the confidences where there are any.</summary>
    public long ResultBytes { get; }

    /// <summary>The size below which an image would be enlarged.</summary>
    /// <param name="width">The image's width.</param>
    /// <param name="height">The image's height.</param>
    /// <param name="geometries">How it is brought to the network, in one way or several.</param>
    public static (int Width, int Height) LeastSizeFor(
        int width, int height, params IReadOnlyCollection<ImageGeometry> geometries)
    {
        double scale = Math.Min(1, geometries.Max(geometry => Math.Max(
            (double)geometry.ScaledWidth / geometry.PartWidth, (double)geometry.ScaledHeight / geometry.PartHeight)));
        return ((int)Math.Ceiling(width * scale), (int)Math.Ceiling(height * scale));
    }

    private static ImageView[] Of(ImageGeometry geometry, bool withFlipped) =>
        withFlipped ? [new(geometry, IsFlipped: false), new(geometry, IsFlipped: true)] : [new(geometry, IsFlipped: false)];
}
