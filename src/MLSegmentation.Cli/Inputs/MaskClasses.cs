using MLSegmentation.Catalog;
using MLSegmentation.Images;

namespace MLSegmentation.Cli.Inputs;

/// <summary>Finds out how many classes masks have where nobody said.</summary>
internal static class MaskClasses
{
    private const int MostClasses = 255;

    /// <summary>Reads every mask and names the label values from 0 to the largest: <c>class 0</c>, <c>class 1</c> and so on.</summary>
    /// <param name="rows">The images and masks.</param>
    /// <param name="ignore">The label value that is no class.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The masks have one class only, or values that are no class numbers.</exception>
    public static ClassList Find(IReadOnlyList<SegmentationFolderRow> rows, int? ignore, CancellationToken cancellation)
    {
        var seen = new bool[ushort.MaxValue + 1];
        foreach (SegmentationFolderRow row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ushort value in LabelImageReader.Read(row.MaskPath).Values) seen[value] = true;
        }
        int[] values = [.. Enumerable.Range(0, seen.Length).Where(value => seen[value] && value != ignore)];
        string folder = Path.GetDirectoryName(rows[0].MaskPath)!;
        if (values.Length < 2)
        {
            throw new InvalidDataException($"The masks in '{folder}' hold {(values.Length == 0 ? "no value" : $"only the value {values[0]}")}"
                + (ignore is null ? "" : $" beside the ignored {ignore}") + ", expected at least two classes, such as 0 for the background and 1 for what is sought.");
        }
        if (values[^1] >= MostClasses)
        {
            throw new InvalidDataException($"The masks in '{folder}' hold {(values.Length == 2 ? $"the values {values[0]} and {values[1]}" : $"values up to {values[^1]}")}, "
                + "expected class numbers from 0. Give --ignore 255 if 255 marks what belongs to no class; else write the masks anew with 0, 1, 2 and so on.");
        }
        return new ClassList([.. Enumerable.Range(0, values[^1] + 1).Select(index => $"class {index}")], null, null);
    }
}
