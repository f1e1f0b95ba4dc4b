using System.Text.Json.Serialization;

namespace MLSegmentation;

/// <summary>How a model segments images; the defaults take everything from the model.</summary>
public abstract record SegmentationOptions : ImageModelOptions
{
    private protected SegmentationOptions()
    {
    }

    /// <summary>
    /// The name of the output that tells each pixel's class. Default null: the one of the largest area that has the shape of
    /// scores or labels, the first of equals. One with as many channels as there are class names goes before others; auxiliary
    /// ones, and ones that another is computed from, come last. Images, depth and features are none, unless named here. Needed
    /// where nothing tells which of several outputs is the largest.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Output { get; init; }

    /// <summary>
    /// What the numbers of that output are. Default null: as the nodes of the graph that make them tell; needed where they do
    /// not. What they surely tell, a softmax, a sigmoid, an arg-max or a convolution, cannot be contradicted.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScoreKind? Scores { get; init; }

    /// <summary>
    /// Whether the output has one channel, the score of a foreground, where its shape leaves the number open. Default false: as
    /// its shape says.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OneChannel { get; init; }

    /// <summary>
    /// How many classes there are, at least 2, where neither the output's shape nor class names tell. Default null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Classes { get; init; }

    /// <summary>
    /// A name for each class, in the order of the model's channels. Default null: those in the model's metadata. Where it has
    /// none they are <c>background</c> and <c>foreground</c> of one channel, and else the class numbers as text.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>
    /// A colour for each class, for the overlay. Default null: those in the model's metadata, or <see cref="Palette.Voc"/>.
    /// </summary>
    public IReadOnlyList<Rgb>? Palette { get; init; }

    /// <summary>
    /// The part of a tile that it shares with the next one, 0 to 0.9; only with <see cref="ImageSizing.Tiled"/>. Networks see
    /// less at a tile's edges; where tiles overlap, the one in whose middle a pixel is counts most. At 0.25 the network scores up
    /// to 1.8 times the image's pixels, at 0.5 up to 4 times. Default 0.25.
    /// </summary>
    public double TileOverlap { get; init; } = 0.25;

    /// <summary>The size of the mask. Default <see cref="MaskSize.Image"/>.</summary>
    public MaskSize MaskSize { get; init; }

    /// <summary>
    /// Pixels whose best class has a lower probability than this get key 0, no class. 0 to 1; default null: 0, where every pixel
    /// has a class. Of a model of one channel, or one that has a threshold in its metadata: the least probability of the
    /// foreground, by default 0.5, or what the model was adopted with or its training chose; every other pixel is of the
    /// background.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? Threshold { get; init; }

    /// <summary>
    /// Regions of one class with fewer pixels of the mask than this become the first class. At least 0; default null: what the
    /// model's metadata says, brought from the network's size to the mask's, or 0, where all stay. It needs whole masks: rows
    /// that are given as they are known stay as they are.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MinRegionPixels { get; init; }

    /// <summary>Views of an image to average over. Default null: the image alone.</summary>
    public TestTimeAugmentationOptions? TestTimeAugmentation { get; init; }
}
