namespace MLSegmentation;

/// <summary>What the first nodes of a graph do to pixels, one after the other, until one does something else.</summary>
internal sealed class FirstNodes
{
    private const int MostNodes = 16, MostUsers = 8, Colours = 3;
    private const long FloatType = 1, ByteType = 2, HalfType = 10, DoubleType = 11;
    private readonly OnnxGraph _graph;
    private readonly List<string> _names = [];

    /// <param name="graph">The graph.</param>
    /// <param name="input">Its image input.</param>
    public FirstNodes(OnnxGraph graph, ImageInputFormat input)
    {
        _graph = graph;
        Change = PixelChange.None(input.Channels);
        if (graph.HasInnerGraphs) return;
        var channels = new OnnxAxis(input.ChannelAxis, input.Value.Dimensions.Count);
        string value = input.Value.Name;
        bool isTurned = false;
        OnnxNode[] users = UsersOf(value);
        for (int i = 0; i < MostNodes && users is [{ Outputs: [_] } node]; i++)
        {
            var swap = new ChannelSwap(graph, node, channels);
            if (node.Operator == "Cast" && node.Integer("to") == ByteType && _names.Count == 0)
            {
                HasCastToBytes = true;
                _names.Add("Cast to bytes");
            }
            else if (input.Channels == Colours && swap.IsReversal)
            {
                Change = Change.Reversed();
                isTurned = !isTurned;
                HasSwap = true;
            }
            else if (!KeepsNumbers(node))
            {
                if (Change.Then(graph, node, value, channels) is not { } changed) break;
                Change = changed;
                _names.Add(node.Operator);
            }
            channels = channels.After(node);
            value = node.Outputs[0];
            users = UsersOf(value);
        }
        HasSwap |= Array.Exists(users, node => new ChannelSwap(graph, node, channels).MayReorder(users.Length));
        if (isTurned) Change = Change.Reversed();
    }

    /// <summary>What becomes of a value of each channel of the input.</summary>
    public PixelChange Change { get; }

    /// <summary>Whether nodes reverse the order of the channels, or may do so.</summary>
    public bool HasSwap { get; }

    /// <summary>Whether values become bytes before anything else is done to them.</summary>
    public bool HasCastToBytes { get; }

    /// <summary>What messages call these nodes.</summary>
    public string Source => $"the graph's first nodes ({string.Join(", ", _names)})";

    /// <summary>The nodes that take a value, beside those that ask for its size.</summary>
    private OnnxNode[] UsersOf(string value) =>
        [.. _graph.UsersOf(value).Where(node => node.Operator is not ("Shape" or "Size")).Take(MostUsers)];

    private static bool KeepsNumbers(OnnxNode node) => node.Operator is "Identity" or "Transpose" or "Unsqueeze" or "Squeeze"
        || (node.Operator == "Cast" && node.Integer("to") is FloatType or HalfType or DoubleType);
}
