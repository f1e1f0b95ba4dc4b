namespace MLSegmentation;

/// <summary>
/// The classes of an annotation file: its labels in their order, behind a background. Where a label has the background's name, it
/// is that.
/// </summary>
internal sealed class ClassIndex
{
    private readonly Dictionary<string, int> _classes = [];

    /// <summary>Classes of labels, each once.</summary>
    public ClassIndex(IReadOnlyCollection<string> labels)
    {
        string first = labels.FirstOrDefault(Background.IsNameOf) ?? Background.Name;
        Names = [first, .. labels.Where(label => label != first)];
        foreach (var (index, name) in Names.Index()) _classes.Add(name, index);
    }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The class of a label; null where there is none.</summary>
    public int? Find(string label) => _classes.TryGetValue(label, out int found) ? found : null;
}
