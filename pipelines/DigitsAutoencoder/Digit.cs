using Microsoft.ML.Data;
using MLSegmentation.Transforms;

/// <summary>What is taken from a scored row.</summary>
internal sealed class Digit
{
    [AnySizeImage]
    public MLImage Image { get; set; } = null!;

    [AnySizeImage]
    public MLImage Reconstruction { get; set; } = null!;
}
