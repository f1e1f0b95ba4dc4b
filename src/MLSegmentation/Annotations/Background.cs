namespace MLSegmentation;

/// <summary>The class of pixels that no region has.</summary>
internal static class Background
{
    /// <summary>What it is called where a format has no name for it.</summary>
    public const string Name = "background";

    private static readonly string[] _names = [Name, "_background_", "__background__", "bg"];

    /// <summary>Whether a class of that name is meant.</summary>
    public static bool IsNameOf(string name) => _names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
