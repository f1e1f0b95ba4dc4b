using MLSegmentation.Images;
using MLSegmentation.Masks;

namespace MLSegmentation.Transforms;

/// <summary>Options of <see cref="SegmentImageEstimator"/>; the defaults take everything from the model.</summary>
public sealed record SegmentImageOptions
{
    /// <summary>
    /// A name for each class, in the order of the model's channels. Default null: those in the model's metadata, or the class numbers
    /// as text where it has none.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>A colour for each class, for the overlay. Default null: those in the model's metadata, or <see cref="Masks.Palette.Voc"/>.</summary>
    public IReadOnlyList<Rgb>? Palette { get; init; }

    /// <summary>
    /// How an image is brought to the model's size. Default null: as the model's metadata says. A model without metadata takes images
    /// as they are where its size is free (<see cref="ImageSizing.Native"/>), and stretched where it is fixed (<see cref="ImageSizing.Stretch"/>).
    /// </summary>
    public ImageSizing? Sizing { get; init; }

    /// <summary>
    /// The width in pixels, at least 1, to stretch to or fit into; needs <see cref="ImageHeight"/> and a sizing other than
    /// <see cref="ImageSizing.Native"/>, and a model of free size. Default null: the model's.
    /// </summary>
    public int? ImageWidth { get; init; }

    /// <summary>The height in pixels that belongs to <see cref="ImageWidth"/>. Default null: the model's.</summary>
    public int? ImageHeight { get; init; }

    /// <summary>
    /// Pixels whose best class has a lower probability than this get key 0, no class. 0 to 1; default 0, where every pixel has a class.
    /// </summary>
    public float Threshold { get; init; }

    /// <summary>
    /// The name of a column with the probability of each pixel's best class, 0 to 1, in the mask's order. Default null: none is made.
    /// </summary>
    public string? ConfidenceColumnName { get; init; }

    /// <summary>
    /// The name of an image column that shows the mask on the image. Default null: none is made. As with every image column of ML.NET, an
    /// image is disposed of when the next row's is read: save or copy it before.
    /// </summary>
    public string? OverlayColumnName { get; init; }

    /// <summary>The opacity of the mask in the overlay, 0 (outlines only) to 1. Default 0.5.</summary>
    public double OverlayOpacity { get; init; } = MaskOverlay.DefaultOpacity;

    /// <summary>The threads that scoring one image uses, at least 1. Default null: one for each core.</summary>
    public int? Threads { get; init; }
}
