namespace MLSegmentation.Cli;

/// <summary>How masks are read.</summary>
internal static class MaskFormat
{
    /// <summary>
    /// The options that read masks of these classes, by their numbers or their colours, whichever a mask holds.
    /// </summary>
    /// <param name="classes">The classes; null where nobody names them.</param>
    /// <param name="ignore">The label value that is no class, in masks of indices.</param>
    /// <param name="threshold">
    /// The value from which on a pixel is of the second of two classes, whatever values and colours these have; null for none.
    /// </param>
    public static ReadMasksOptions OptionsFor(ClassList? classes, int? ignore, int? threshold)
    {
        var values = new ReadMasksOptions { IgnoreLabel = ignore, Threshold = threshold };
        if (classes is null || threshold is not null) return values;
        values = values with { ClassOfLabel = classes.ClassOfLabel };

        // Colours that stand for two classes are good for overlays alone.
        Rgb[] colours = [.. classes.Colours ?? [], .. new[] { classes.IgnoreColour }.OfType<Rgb>()];
        return classes.Colours is null || colours.Distinct().Count() < colours.Length ? values
            : values with { Palette = classes.Colours, IgnoreColour = classes.IgnoreColour, AllowIndices = true };
    }
}
