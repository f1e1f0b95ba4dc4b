using System.Text.RegularExpressions;

namespace MLSegmentation;

/// <summary>What names of inputs and outputs say that they hold.</summary>
internal static partial class OutputNames
{
    /// <summary>What a network made on the way to its scores.</summary>
    public static bool IsOfFeatures(string name) => Features().IsMatch(name);

    /// <summary>Distances; not what names of operators have in common with them.</summary>
    public static bool IsOfDepth(string name) => Depth().IsMatch(name);

    /// <summary>Boxes around objects.</summary>
    public static bool IsOfBoxes(string name) => Boxes().IsMatch(name);

    /// <summary>Masks of queries: of DETR and of what came after it.</summary>
    public static bool IsOfQueries(string name) => Queries().IsMatch(name);

    /// <summary>What points at something in an image.</summary>
    public static bool IsOfPrompts(string name) => Prompts().IsMatch(name);

    [GeneratedRegex("feature|embedding|hidden|backbone|attention", RegexOptions.IgnoreCase)]
    private static partial Regex Features();

    [GeneratedRegex("depth(?!_?to_?space|_?wise)|disparity", RegexOptions.IgnoreCase)]
    private static partial Regex Depth();

    [GeneratedRegex("box|detection|anchor|(^|[^a-z])det(s|[^a-z]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Boxes();

    [GeneratedRegex("masks_queries|pred_masks", RegexOptions.IgnoreCase)]
    private static partial Regex Queries();

    [GeneratedRegex("point|prompt|coord|box", RegexOptions.IgnoreCase)]
    private static partial Regex Prompts();
}
