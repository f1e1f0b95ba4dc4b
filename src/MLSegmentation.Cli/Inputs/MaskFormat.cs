using MLSegmentation.Images;
using MLSegmentation.Transforms;

namespace MLSegmentation.Cli.Inputs;

/// <summary>Tells masks of indices from masks of colours.</summary>
internal static class MaskFormat
{
    /// <summary>How to read the masks: by the classes' colours where they are colour PNGs and the classes have colours, else as indices.</summary>
    /// <param name="mask">One of the masks.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="ignore">The label value that is no class, in masks of indices.</param>
    /// <exception cref="IOException">The mask cannot be read.</exception>
    public static ReadMasksOptions OptionsFor(string mask, ClassList classes, int? ignore) => classes.Colours is { } colours && IsColour(mask)
        ? new ReadMasksOptions { Palette = colours, IgnoreColour = classes.IgnoreColour }
        : new ReadMasksOptions { IgnoreLabel = ignore, ClassOfLabel = classes.ClassOfLabel };

    private static bool IsColour(string path)
    {
        byte[] data = ImageFile.ReadAllBytes(path);
        return PngFile.HasSignature(data) && PngFile.Parse(data, path).Header.Colour is PngColour.Rgb or PngColour.Rgba;
    }
}
