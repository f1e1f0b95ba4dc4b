using static MLSegmentation.TracedScores;

namespace MLSegmentation;

/// <summary>A node that takes channels of scores or puts them together: what becomes of them.</summary>
/// <param name="graph">The graph.</param>
/// <param name="node">The node.</param>
/// <param name="classes">The axis of classes of what it makes.</param>
/// <param name="axes">Counts the channels of values.</param>
internal readonly struct ScoreParts(OnnxGraph graph, OnnxNode node, OnnxAxis classes, ClassAxisTrace axes)
{
    private const int MostInputs = 64;

    /// <summary>What is put together: what its parts agree on.</summary>
    /// <param name="find">What the numbers of a node's input are, where its axis of classes is that.</param>
    public TracedScores FindJoined(Func<string, OnnxAxis, TracedScores> find)
    {
        if (node.Inputs.Count is 0 or > MostInputs) return Unknown;
        OnnxAxis axis = classes;
        TracedScores[] parts = [.. node.Inputs.Select(input => find(input, axis))];
        bool isOfClasses = classes.Is(node.Integer("axis") ?? 0);
        if (parts.Distinct().Count() > 1) return parts.Contains(Unknown) ? Unknown : Other;
        return parts[0] switch
        {
            Sigmoid when isOfClasses && IsComplement => Softmax,
            Softmax when isOfClasses || classes.Index is null => Other,
            Labels when isOfClasses => Other,
            var agreed => agreed,
        };
    }

    /// <summary>What is taken out, such as the foreground of two classes.</summary>
    /// <param name="value">The part that is looked at.</param>
    /// <param name="find">What the numbers of a node's input are, where its axis of classes is that.</param>
    public TracedScores FindTaken(string value, Func<string, OnnxAxis, TracedScores> find)
    {
        if (ChannelRange.Of(graph, node, value, classes, ChannelsOf) is not { } range) return Unknown;
        TracedScores whole = find(node.Input(0), range.Axis);
        if (range.IsWhole) return whole;
        return whole switch
        {
            Softmax => range is { First: 1, Count: 1 } && ChannelsOf(node.Input(0), range.Axis) == 2
                ? Sigmoid : Other,
            Logits => range.Count > 1 ? Logits : Other,
            _ => whole,
        };
    }

    private long? ChannelsOf(string input, OnnxAxis axis) => axes.Find(input, axis).Channels;

    /// <summary>Whether it puts 1 − p before p: the background before the foreground.</summary>
    private bool IsComplement =>
        node.Inputs is [var background, var foreground]
        && graph.MakerOf(background) is { Operator: "Sub", Inputs: [var one, var probability] }
        && graph.NumberOf(one) == 1 && probability == foreground;
}
