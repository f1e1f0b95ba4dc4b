namespace MLSegmentation;

/// <summary>The labels of Cityscapes: the place in the table is the id, and beside each is its train id.</summary>
/// <remarks>Source: <c>cityscapesscripts/helpers/labels.py</c>.</remarks>
internal static class CityscapesLabels
{
    /// <summary>The value of pixels to ignore in a mask of train ids.</summary>
    public const int Ignored = 255;

    private static readonly (string Name, int? TrainId)[] _labels =
    [
        ("unlabeled", null), ("ego vehicle", null), ("rectification border", null), ("out of roi", null), ("static", null),
        ("dynamic", null), ("ground", null), ("road", 0), ("sidewalk", 1), ("parking", null), ("rail track", null),
        ("building", 2), ("wall", 3), ("fence", 4), ("guard rail", null), ("bridge", null), ("tunnel", null), ("pole", 5),
        ("polegroup", null), ("traffic light", 6), ("traffic sign", 7), ("vegetation", 8), ("terrain", 9), ("sky", 10),
        ("person", 11), ("rider", 12), ("car", 13), ("truck", 14), ("bus", 15), ("caravan", null), ("trailer", null),
        ("train", 16), ("motorcycle", 17), ("bicycle", 18),
    ];

    /// <summary>The names of all labels, by their ids.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _labels.Select(label => label.Name)];

    /// <summary>The names of the labels that are trained, by their train ids.</summary>
    public static IReadOnlyList<string> TrainNames { get; } =
        [.. _labels.Where(label => label.TrainId is not null).OrderBy(label => label.TrainId).Select(label => label.Name)];

    /// <summary>The id of a label; null for one that is none, such as <c>license plate</c>, whose id is -1.</summary>
    public static int? IdOf(string name)
    {
        const string Group = "group";
        int id = Array.FindIndex(_labels, label => label.Name == name);
        if (id < 0 && name.EndsWith(Group, StringComparison.Ordinal))
            id = Array.FindIndex(_labels, label => label.Name == name[..^Group.Length]);
        return id < 0 ? null : id;
    }

    /// <summary>The train id of an id; null for one that is to be ignored.</summary>
    public static int? TrainIdOf(int id) => _labels[id].TrainId;
}
