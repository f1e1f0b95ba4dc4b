namespace MLSegmentation;

/// <summary>The regions of formats that have a mask file for each image: one for each value in it.</summary>
internal static class MaskFileRegions
{
    /// <summary>The regions of a mask.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="file">Its file.</param>
    /// <param name="ignored">The value of pixels to ignore; null for none.</param>
    /// <param name="classOf">The class of each other value; null for one that is none.</param>
    /// <exception cref="InvalidDataException">A value is no class.</exception>
    public static IEnumerable<AnnotatedRegion> Of(LabelImage mask, string file, int? ignored, Func<int, int?> classOf)
    {
        var values = new bool[ushort.MaxValue + 1];
        foreach (ushort value in mask.Values) values[value] = true;
        for (int value = 0; value < values.Length; value++)
        {
            if (!values[value]) continue;
            int? found = value == ignored ? null : classOf(value) ?? throw new InvalidDataException(
                $"The mask '{file}' has the value {value}, which is no class. Add it to the list of classes, or mend the mask.");
            yield return new AnnotatedRegion($"the value {value} of '{file}'", found, new LabelValueShape(mask, (ushort)value));
        }
    }
}
