namespace MLSegmentation;

/// <summary>
/// Paints the masks of an annotation file for a network: in the classes that it has, which may be in another order than in the
/// file. Images may be painted by several threads at once.
/// </summary>
/// <param name="reader">The annotations.</param>
/// <param name="classNames">The network's classes. Those of the file are found among them by their names.</param>
/// <param name="ignoresUnlabelled">Whether pixels in no region are to be ignored; else they are the background.</param>
internal sealed class MaskPainter(IAnnotationReader reader, string[] classNames, bool ignoresUnlabelled)
{
    private const string Redraw = "Training passes it over. Draw a polygon, a box or a brush in its place, or take it out.";

    private readonly int[] _classOf = [.. reader.ClassNames.Index().Select(one => Find(classNames, one.Item, one.Index))];

    /// <summary>The mask of an image; null where its annotations have an error.</summary>
    /// <param name="image">The image.</param>
    /// <param name="part">The part of the set that it belongs to, for findings.</param>
    /// <param name="findings">Is given what is wrong with the annotations.</param>
    public MaskCanvas? Paint(AnnotatedImage image, string? part, ICollection<DataFinding> findings)
    {
        void Report(FindingSeverity severity, string check, string found, string fix) =>
            findings.Add(new DataFinding(severity, check, image.Path, part, found, fix));
        List<AnnotatedRegion> regions = [];
        MaskCanvas mask;
        try
        {
            mask = AnnotationMasks.Paint(reader, image, ignoresUnlabelled, regions);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            Report(FindingSeverity.Error, "annotation-error", $"cannot be painted: {error.Message}",
                "Mend its annotations, or export them anew.");
            return null;
        }
        if (regions.Count == 0 && !ignoresUnlabelled && !reader.IgnoresUnlabelled)
        {
            Report(FindingSeverity.Warning, "image-without-region", $"has no region: all of it is {reader.ClassNames[0]}",
                "Nothing has to be done where nothing is to be seen. Else label it, or take it out of the annotations.");
        }
        foreach (var (region, pixels) in regions.Zip(mask.Regions))
        {
            if (region.Fault is { } fault)
                Report(FindingSeverity.Warning, "region-without-area", $"has {region.Origin}, which {fault}", Redraw);
            else if (pixels.Painted == 0)
            {
                Report(FindingSeverity.Warning, "region-without-pixels",
                    $"has {region.Origin}, which covers no pixel: it is outside of the image or too thin", Redraw);
            }
            else if (pixels.Visible == 0)
            {
                Report(FindingSeverity.Warning, "region-hidden",
                    $"has {region.Origin}, all of which is covered by later ones ({Plural.Of(pixels.Painted, "pixel")})",
                    "Take it out, or bring it before the others.");
            }
        }
        long[] others = Translate(mask.Keys);
        foreach (var (index, pixels) in others.Index().Where(one => one.Item > 0))
        {
            string expected = $"expected {ClassText.Join(classNames)}";
            if (index == 0 && Background.IsNameOf(reader.ClassNames[0]))
            {
                Report(FindingSeverity.Error, "unlabelled-pixels",
                    $"has {Plural.Of(pixels, "pixel")} in no region, and there is no class for a background, {expected}",
                    "Ignore them with --unlabelled ignore, or add the background to the file of classes (--classes).");
            }
            else
            {
                Report(FindingSeverity.Error, "annotation-class",
                    $"has {Plural.Of(pixels, "pixel")} of the class {ClassText.Of(reader.ClassNames[index])}, {expected}",
                    "Give its regions one of these, or add the class to the file of classes (--classes) before a training.");
            }
        }
        return others.Any(pixels => pixels > 0) ? null : mask;
    }

    /// <summary>A class of the file among those of the network, -1 for none. The first is the background by any name.</summary>
    private static int Find(string[] classNames, string name, int index)
    {
        int same = Array.IndexOf(classNames, name);
        return same < 0 && index == 0 && Background.IsNameOf(name) ? Array.FindIndex(classNames, Background.IsNameOf) : same;
    }

    /// <summary>Gives pixels the network's keys; counts those of each class of the file that it does not have.</summary>
    private long[] Translate(uint[] keys)
    {
        var others = new long[_classOf.Length];
        foreach (ref uint key in keys.AsSpan())
        {
            if (key == 0) continue;
            int found = _classOf[key - 1];
            if (found < 0) others[key - 1]++;
            key = (uint)(found + 1);
        }
        return others;
    }
}
