namespace MLSegmentation;

/// <summary>Options of <see cref="CocoWriter"/>.</summary>
public sealed record CocoOptions
{
    /// <summary>
    /// The class, from 0, that is left out of the annotations. At least 0; default null: every class is annotated.
    /// </summary>
    public int? Background { get; init; }

    /// <summary>
    /// Whether all pixels of a class in an image are one annotation, as in COCO-Stuff. Default false: each region of pixels
    /// connected over their edges is one.
    /// </summary>
    public bool OnePerClass { get; init; }

    /// <summary>Whether every segmentation is in run lengths. Default false: those without holes are polygons.</summary>
    public bool RunLengthsOnly { get; init; }
}
