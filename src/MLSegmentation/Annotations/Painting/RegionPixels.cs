namespace MLSegmentation;

/// <summary>How many pixels a region has.</summary>
internal record struct RegionPixels
{
    /// <summary>Those that are inside of it and of the image.</summary>
    public long Painted { get; set; }

    /// <summary>Those of them that no later region covers.</summary>
    public long Visible { get; set; }
}
