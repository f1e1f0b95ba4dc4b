namespace MLSegmentation;

/// <summary>What a region of an annotation file is.</summary>
internal enum RegionForm
{
    /// <summary>Its pixels, exactly.</summary>
    Mask,

    /// <summary>An outline that people edit.</summary>
    Polygon,
}
