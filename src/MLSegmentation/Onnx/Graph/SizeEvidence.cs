namespace MLSegmentation;

/// <summary>Whether two sizes of an output are the height and width of what the image became.</summary>
/// <param name="Points">
/// How much speaks for it: above 0 where something does, below 0 where something speaks against it.
/// </param>
/// <param name="Area">The area in parts of the image's; null where unknown.</param>
internal readonly record struct SizeEvidence(int Points, double? Area)
{
    /// <summary>What fixed sizes in proportion, and names of free ones, count.</summary>
    public const int Sure = 8;

    private const int Likely = 2;

    /// <summary>Compares an output's height and width with those of the image.</summary>
    /// <param name="output">The output's height and width.</param>
    /// <param name="image">The image's.</param>
    public static SizeEvidence Of((NamedSize Height, NamedSize Width) output, (NamedSize Height, NamedSize Width) image)
    {
        (NamedSize height, NamedSize width) = output;
        if (height.IsOfClasses || width.IsOfClasses) return new SizeEvidence(-Sure, null);
        if (height.Fixed is int rows && width.Fixed is int columns)
        {
            if (rows == 1 && columns == 1) return new SizeEvidence(-Sure, null);
            return image is ({ Fixed: int imageRows }, { Fixed: int imageColumns })
                ? new SizeEvidence(
                    AreInProportion(rows, columns, imageRows, imageColumns) ? Sure : -Likely,
                    (double)rows * columns / ((double)imageRows * imageColumns))
                : new SizeEvidence(0, null);
        }
        if (height.Fixed is null != width.Fixed is null) return new SizeEvidence(-Likely, null);
        if (height.Name.Length > 0 && height.Name == image.Height.Name && width.Name == image.Width.Name)
            return new SizeEvidence(Sure, 1);
        bool isDerived = height.IsOf(image.Height) && width.IsOf(image.Width);
        if (isDerived || (height.IsHeight && width.IsWidth))
            return new SizeEvidence(Sure, height.Divisor * width.Divisor is > 1 and var parts ? 1 / parts : null);
        return new SizeEvidence(Likely, null);
    }

    // Sizes of an odd image are rounded.
    private static bool AreInProportion(long rows, long columns, long imageRows, long imageColumns) =>
        Math.Abs((rows * imageColumns) - (columns * imageRows)) <= Math.Max(imageRows, imageColumns);
}
