using Microsoft.ML.Data;
using MLSegmentation;

/// <summary>What is taken from a scored row; masks have one key a pixel, row by row: key k + 1 is class k.</summary>
internal sealed class Segmented
{
    [AnySizeImage]
    public MLImage Image { get; set; } = null!;

    public uint[] Label { get; set; } = [];

    public uint[] PredictedLabel { get; set; } = [];

    [AnySizeImage]
    public MLImage Overlay { get; set; } = null!;
}
