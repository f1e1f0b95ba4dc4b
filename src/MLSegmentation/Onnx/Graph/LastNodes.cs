namespace MLSegmentation;

/// <summary>What a graph ends in.</summary>
internal static class LastNodes
{
    private const int MostSteps = 8;

    /// <summary>The last node before a value that makes other numbers; null where unknown.</summary>
    public static OnnxNode? LastNodeOf(this OnnxGraph graph, string value)
    {
        OnnxNode? node = graph.MakerOf(value);
        for (int i = 0; i < MostSteps && node is { Operator: "Identity" or "Squeeze" or "Unsqueeze" or "Cast" or "Resize" }; i++)
            node = graph.MakerOf(node.Input(0));
        return node;
    }

    /// <summary>Whether a value is cut off at 0 and 1.</summary>
    public static bool IsCutToFractions(this OnnxGraph graph, string value) =>
        graph.LastNodeOf(value) is { Operator: "Clip" } clip
        && (clip.Float("min") ?? graph.NumberOf(clip.Input(1))) == 0
        && (clip.Float("max") ?? graph.NumberOf(clip.Input(2))) == 1;
}
