namespace MLSegmentation;

/// <summary>How a model segments images; the defaults take everything from the model.</summary>
public record SegmentationOptions
{
    /// <summary>
    /// A name for each class, in the order of the model's channels. Default null: those in the model's metadata, or the class numbers
    /// as text where it has none.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>A colour for each class, for the overlay. Default null: those in the model's metadata, or <see cref="Palette.Voc"/>.</summary>
    public IReadOnlyList<Rgb>? Palette { get; init; }

    /// <summary>
    /// How an image is brought to the model's size. Default null: as the model's metadata says. A model without metadata takes images
    /// as they are where its size is free (<see cref="ImageSizing.Native"/>), and stretched where it is fixed (<see cref="ImageSizing.Stretch"/>).
    /// </summary>
    public ImageSizing? Sizing { get; init; }

    /// <summary>
    /// The width in pixels, at least 1, to stretch to, fit into, or crop to, or a tile's width; needs <see cref="ImageHeight"/> and a sizing
    /// other than <see cref="ImageSizing.Native"/>, and a model of free size. Default null: the model's; for tiles of a model that does not
    /// tell, 512.
    /// </summary>
    public int? ImageWidth { get; init; }

    /// <summary>The height in pixels that belongs to <see cref="ImageWidth"/>. Default null: the model's.</summary>
    public int? ImageHeight { get; init; }

    /// <summary>
    /// The part of a tile that it shares with the next one, 0 to 0.9; only with <see cref="ImageSizing.Tiled"/>. Networks see less at a tile's
    /// edges; where tiles overlap, the one in whose middle a pixel is counts most. At 0.25 the network scores up to 1.8 times the image's
    /// pixels, at 0.5 up to 4 times. Default 0.25.
    /// </summary>
    public double TileOverlap { get; init; } = 0.25;

    /// <summary>
    /// The values that become black and white where image files have samples of more than 8 bits; images that are decoded already have theirs.
    /// Default null: as the model's metadata says, or the least and the greatest of their type where it says nothing.
    /// </summary>
    public SampleRange? SampleRange { get; init; }

    /// <summary>The size of the mask. Default <see cref="MaskSize.Image"/>.</summary>
    public MaskSize MaskSize { get; init; }

    /// <summary>
    /// Pixels whose best class has a lower probability than this get key 0, no class. 0 to 1; default 0, where every pixel has a class.
    /// </summary>
    public float Threshold { get; init; }

    /// <summary>Views of an image to average over. Default null: the image alone.</summary>
    public TestTimeAugmentationOptions? TestTimeAugmentation { get; init; }

    /// <summary>
    /// The threads of one run of the network, at least 1; runs at the same time, of which there may be any number, share all but their own first.
    /// Default null: the cores are shared out to one run at a time, which takes the least memory, to two where the network's size is fixed and at
    /// most 131,072 pixels, or to one for each four cores.
    /// </summary>
    public int? Threads { get; init; }
}
