namespace MLSegmentation;

/// <summary>What the numbers of a mask file are.</summary>
internal enum MaskColours
{
    /// <summary>Gray values: labels as they stand in the file.</summary>
    Gray,

    /// <summary>Indices of a palette: labels as they stand in the file, each with a colour.</summary>
    Palette,

    /// <summary>Colours, which stand for labels only where somebody says which.</summary>
    Rgb,
}
