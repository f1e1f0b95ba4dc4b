namespace MLSegmentation;

/// <summary>A node that may bring an image's channels into another order.</summary>
/// <param name="graph">The graph.</param>
/// <param name="node">The node.</param>
/// <param name="channels">The axis of channels of what it takes.</param>
internal readonly struct ChannelSwap(OnnxGraph graph, OnnxNode node, OnnxAxis channels)
{
    private const int Colours = 3;

    /// <summary>Whether it makes blue, green, red of red, green, blue, and the other way round.</summary>
    public bool IsReversal => node.Operator switch
    {
        "Gather" => channels.Is(node.Integer("axis") ?? 0) && graph.NumbersOf(node.Input(1)) is [2 or -1, 1 or -2, 0 or -3],
        "Slice" => graph.IntegersOf(node, "axes", 3) is [var axis] && channels.Is(axis)
            && graph.IntegersOf(node, "steps", 4) is [-1] && graph.IntegersOf(node, "starts", 1) is [-1 or >= Colours - 1],
        _ => false,
    };

    /// <summary>Whether it takes channels apart or mixes them, so that their order behind it is unknown.</summary>
    /// <param name="users">How many nodes take the same value.</param>
    public bool MayReorder(int users) => node.Operator switch
    {
        "Gather" or "Split" => MayBeChannels(node.Integer("axis") ?? 0),
        "Slice" => IsOfChannels() && (users > 1 || IsBackwards()),
        "Conv" or "MatMul" => graph.NumbersOf(node.Input(1)) is [0, 0, not 0, 0, not 0, 0, not 0, 0, 0],
        _ => false,
    };

    private bool IsOfChannels()
    {
        IReadOnlyList<long>? axes = graph.IntegersOf(node, "axes", 3);
        if (axes is null) return true;
        foreach (long axis in axes)
        {
            if (MayBeChannels(axis)) return true;
        }
        return false;
    }

    private bool IsBackwards() => graph.IntegersOf(node, "steps", 4) is { } steps && steps.Any(step => step < 0);

    private bool MayBeChannels(long axis) => channels.Index is null || channels.Is(axis);
}
