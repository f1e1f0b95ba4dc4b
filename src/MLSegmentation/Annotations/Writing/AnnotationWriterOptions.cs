namespace MLSegmentation;

/// <summary>How labels are written.</summary>
internal sealed record AnnotationWriterOptions
{
    /// <summary>The classes.</summary>
    public required WrittenClasses Classes { get; init; }

    /// <summary>What regions are, where the format leaves it open. Default masks.</summary>
    public RegionForm Form { get; init; }

    /// <summary>Whether regions are outlines.</summary>
    public bool AsPolygons => Form == RegionForm.Polygon;

    /// <summary>How far an outline may be from the border of its region, in pixels, at least 0. Default 1.</summary>
    public double Tolerance { get; init; } = 1;

    /// <summary>The model that the labels are predictions of; null where they are annotations.</summary>
    public string? Model { get; init; }
}
