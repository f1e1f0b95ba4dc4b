using Microsoft.ML.Data;
using MLSegmentation;

/// <summary>What is taken from a scored row.</summary>
internal sealed class Segmented
{
    public string Path { get; set; } = "";

    /// <summary>One key a pixel, row by row: key k + 1 is class k.</summary>
    public uint[] Mask { get; set; } = [];

    [AnySizeImage]
    public MLImage Overlay { get; set; } = null!;
}
