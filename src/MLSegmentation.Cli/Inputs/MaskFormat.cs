using MLSegmentation.Images;
using MLSegmentation.Transforms;

namespace MLSegmentation.Cli.Inputs;

/// <summary>Tells masks of indices from masks of colours.</summary>
internal static class MaskFormat
{
    /// <summary>How to read the masks: by the classes' colours where they are of colours and the classes have colours, else as indices.</summary>
    /// <param name="masks">The masks: the first that can be read tells.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="ignore">The label value that is no class, in masks of indices.</param>
    public static ReadMasksOptions OptionsFor(IEnumerable<string> masks, ClassList classes, int? ignore) =>
        classes.Colours is { } colours && masks.Select(MaskImageReader.TryReadKind).FirstOrDefault(kind => kind is not null) == MaskColours.Rgb
        ? new ReadMasksOptions { Palette = colours, IgnoreColour = classes.IgnoreColour }
        : new ReadMasksOptions { IgnoreLabel = ignore, ClassOfLabel = classes.ClassOfLabel };
}
