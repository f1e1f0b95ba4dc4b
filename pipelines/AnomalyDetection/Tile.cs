using Microsoft.ML.Data;
using MLSegmentation;

/// <summary>What is taken from a scored row.</summary>
internal sealed class Tile
{
    public string Name { get; set; } = "";

    [AnySizeImage]
    public MLImage Image { get; set; } = null!;

    /// <summary>The true mask: key 1 is background, all above is one of the defects.</summary>
    public uint[] Label { get; set; } = [];

    /// <summary>The error of each pixel, in the mask's order.</summary>
    public float[] ErrorMap { get; set; } = [];

    public float AnomalyScore { get; set; }
}
