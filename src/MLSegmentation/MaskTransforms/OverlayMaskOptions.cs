namespace MLSegmentation;

/// <summary>Options of <see cref="OverlayMaskEstimator"/>.</summary>
public sealed record OverlayMaskOptions
{
    /// <summary>A colour for each class. Default null: those of <see cref="Palette.Voc"/>.</summary>
    public IReadOnlyList<Rgb>? Palette { get; init; }

    /// <summary>The opacity of the mask, 0 (outlines only) to 1. Default 0.5.</summary>
    public double Opacity { get; init; } = MaskOverlay.DefaultOpacity;

    /// <summary>
    /// The class, from 0, that is left unpainted, as pixels without a class are; -1 paints all. Default null: class 0 where its
    /// colour is black, else none.
    /// </summary>
    public int? Background { get; init; }
}
