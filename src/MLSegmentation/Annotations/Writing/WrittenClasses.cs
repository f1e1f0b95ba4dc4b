namespace MLSegmentation;

/// <summary>The classes of masks, and whether the first of them is that of pixels in no region.</summary>
/// <param name="Names">The name of each class.</param>
/// <param name="HasBackground">Whether pixels of the first class are in no region.</param>
internal sealed record WrittenClasses(IReadOnlyList<string> Names, bool HasBackground)
{
    /// <summary>Of text files and of YAML.</summary>
    private const string LineEnds = "\r\n\u0085\u2028\u2029";

    /// <summary>The classes that regions have.</summary>
    public IReadOnlyList<string> Labels => HasBackground ? [.. Names.Skip(1)] : Names;

    /// <summary>The key of the first class that regions have.</summary>
    public uint FirstKey => HasBackground ? 2u : 1u;

    /// <summary>The label of a key above 0.</summary>
    public string LabelOf(uint key) => Names[(int)key - 1];

    /// <summary>The place of a key's label among <see cref="Labels"/>.</summary>
    public int IndexOf(uint key) => (int)(key - FirstKey);

    /// <summary>Classes of which the first is the background where it is called so.</summary>
    public static WrittenClasses Of(IReadOnlyList<string> names) => new(names, Background.IsNameOf(names[0]));

    /// <summary>Requires that a format's reader takes each label for a class of its own.</summary>
    /// <param name="ignored">The label that stands for pixels to ignore; null for none.</param>
    /// <exception cref="InvalidDataException">
    /// A label is that, or has a name of the background, which is another class.
    /// </exception>
    public void RequireLabels(string? ignored = null)
    {
        foreach (string label in Labels)
        {
            string? taken = label == ignored ? "pixels to ignore"
                : HasBackground && Background.IsNameOf(label) ? $"the background, as '{Names[0]}' is" : null;
            if (taken is null) continue;
            throw new InvalidDataException($"The class '{PrintableText.Of(label)}' would be read as {taken}. Rename it.");
        }
    }

    /// <summary>Requires names that can be lines of a file.</summary>
    /// <exception cref="InvalidDataException">
    /// A name is empty, there twice, has a line's end, or blanks around it.
    /// </exception>
    public void RequireLines()
    {
        if (Names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
        {
            throw new InvalidDataException(
                $"There are two classes '{PrintableText.Of(twice)}', which would be read as one. Rename one.");
        }
        foreach (string name in Names)
        {
            if (name.Length > 0 && name.Trim() == name && !name.AsSpan().ContainsAny(LineEnds)) continue;
            throw new InvalidDataException(
                $"The class '{PrintableText.Of(name)}' cannot be a line of a file, expected a name without a line's end in it "
                + "and without blanks around it. Rename it.");
        }
    }
}
