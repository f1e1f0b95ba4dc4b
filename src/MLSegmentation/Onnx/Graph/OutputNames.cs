using System.Text.RegularExpressions;

namespace MLSegmentation;

/// <summary>What names of inputs and outputs say that they hold.</summary>
internal static partial class OutputNames
{
    /// <summary>What a network made on the way to its scores.</summary>
    public static bool IsOfFeatures(string name) => Features().IsMatch(name);

    /// <summary>Numbers that are said to be something else than scores of classes.</summary>
    public static bool IsOfOtherNumbers(string name) =>
        name.Split('/', '.')[^1] is var last && OtherNumbers().IsMatch(last) && !Scores().IsMatch(last);

    /// <summary>Colours of pixels.</summary>
    public static bool IsOfPicture(string name) => Picture().IsMatch(name) && !Scores().IsMatch(name);

    /// <summary>How much of each pixel belongs to the foreground.</summary>
    public static bool IsOfAlpha(string name) => Alpha().IsMatch(name);

    /// <summary>Scores that a network gives for its training: of auxiliary, side and deeply supervised outputs.</summary>
    public static bool IsOfTraining(string name) => Training().IsMatch(name);

    /// <summary>How good each mask of an object is.</summary>
    public static bool IsOfRatings(string name) => Ratings().IsMatch(name);

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

    [GeneratedRegex(
        "(?<![a-z])(features?(_?maps?)?|embeddings?|heat_?maps?|key_?points?|flow|surface_normal|normals)(?![a-z])",
        RegexOptions.IgnoreCase)]
    private static partial Regex OtherNumbers();

    [GeneratedRegex("(?<![a-z])(fgr|rgb|image|img|picture|recon[a-z]*)(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Picture();

    [GeneratedRegex("(?<![a-z])(pha|alphas?|mattes?|matting)(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Alpha();

    [GeneratedRegex(
        @"(?<![a-z])(aux(iliary)?|side|ds|deep_?sup[a-z]*)(_?(out[a-z]*|logits?|head|pred[a-z]*|seg))?(?![a-z])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Training();

    [GeneratedRegex("(?<![a-z])iou(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Ratings();

    [GeneratedRegex("seg|mask|class|logit|prob|score|label", RegexOptions.IgnoreCase)]
    private static partial Regex Scores();
}
