namespace MLSegmentation.Cli;

/// <summary>How masks are read that a model is compared with.</summary>
internal static class TrueMasks
{
    /// <summary>
    /// The classes of the masks, and how their files are read: by a file of classes, or else as the model knows them.
    /// </summary>
    /// <param name="options">What is measured.</param>
    /// <param name="metadata">What the model says about itself.</param>
    /// <param name="names">The model's classes.</param>
    /// <param name="set">The images and masks.</param>
    /// <param name="cancellation">Stops the look at the masks.</param>
    public static (ClassList Classes, ReadMasksOptions Masks) Find(
        DataOptions options, ImageModelMetadata metadata, IReadOnlyList<string> names,
        LabelledSet set, CancellationToken cancellation)
    {
        if (set.IsPainted) return (set.Classes!, new ReadMasksOptions { IgnoreLabel = set.Ignore });
        int? ignore = options.Ignore ?? metadata.IgnoreLabel;
        IEnumerable<string> files = set.Samples.Select(sample => sample.MaskPath).OfType<string>().Select(mask =>
        {
            cancellation.ThrowIfCancellationRequested();
            return mask;
        });
        ClassList classes = options.ClassFile is { } file
            ? ClassFile.Read(file, ignore)
            : new ClassList(names, KnownColours(metadata, files), metadata.IgnoreColour);
        ReadMasksOptions masks = MaskFormat.OptionsFor(classes, ignore, options.MaskThreshold);
        if (options.ClassFile is null && masks is { Threshold: null, Palette: null })
            masks = masks with { FirstLabel = metadata.FirstLabel };
        return (classes, BlackAndWhite.Adjust(files, classes.Names, masks));
    }

    /// <summary>The colours that masks have, as far as the model knows them; null where it does not.</summary>
    private static IReadOnlyList<Rgb>? KnownColours(ImageModelMetadata metadata, IEnumerable<string> masks)
    {
        // An older model does not say whether its palette was given, but for colour masks it was.
        IReadOnlyList<Rgb> palette = metadata.Palette;
        bool areKnown = palette.Count > 0 && (metadata.HasGivenPalette || !palette.SequenceEqual(Palette.Voc(palette.Count))
            || masks.Select(MaskImageReader.TryReadKind).FirstOrDefault(kind => kind is not null) == MaskColours.Rgb);
        return areKnown ? palette : null;
    }
}
