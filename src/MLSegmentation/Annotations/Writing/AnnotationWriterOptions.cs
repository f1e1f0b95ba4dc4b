namespace MLSegmentation;

/// <summary>How labels are written.</summary>
internal sealed record AnnotationWriterOptions
{
    /// <summary>How far outlines may be from borders unless told otherwise, in pixels.</summary>
    public const double UsualTolerance = 1;

    /// <summary>The classes.</summary>
    public required WrittenClasses Classes { get; init; }

    /// <summary>What regions are, where the format leaves it open. Default masks.</summary>
    public RegionForm Form { get; init; }

    /// <summary>Whether regions are outlines.</summary>
    public bool AsPolygons => Form == RegionForm.Polygon;

    /// <summary>
    /// How far an outline may be from the border of its region, in pixels, at least 0. Default <see cref="UsualTolerance"/>.
    /// </summary>
    public double Tolerance { get; init; } = UsualTolerance;

    /// <summary>The model that the labels are predictions of; null where they are annotations.</summary>
    public string? Model { get; init; }
}
