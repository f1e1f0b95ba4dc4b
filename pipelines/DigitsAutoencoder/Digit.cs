using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

/// <summary>What is taken from a scored row.</summary>
internal sealed class Digit
{
    [ImageType(28, 28)]
    public MLImage Image { get; set; } = null!;

    [ImageType(28, 28)]
    public MLImage Reconstruction { get; set; } = null!;
}
